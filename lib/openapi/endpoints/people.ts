import { UserBody, UserChange } from "@/lib/auth/bodies";
import { ChangedUserAnswer, InvitationAnswer, UsersAnswer } from "../answers/projects";
import type { Endpoint } from "../types";

export const people: Endpoint[] = [
  {
    method: "POST",
    path: "/api/v1/users",
    id: "inviteUser",
    group: "People",
    title: "Make an account",
    text: "Answers a link with which its owner sets a password, once, within 72 hours. No mail is sent: pass it on.",
    scope: "admin",
    body: UserBody,
    answers: [{ status: 201, text: "Made, with the link.", schema: InvitationAnswer }],
    conflict: "The address has an account.",
    examples: [
      { name: "POST /users", body: { email: "ada@example.org", name: "Ada", role: "admin" }, status: 201 },
      { name: "POST /users: a member", body: { email: "grace@example.org", name: "Grace" }, status: 201 },
      { name: "POST /users: known", body: { email: "ada@example.org", name: "Ada" }, status: 409 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/users",
    id: "listUsers",
    group: "People",
    title: "List the accounts",
    text: "Everybody who may sign in, by name, also who is disabled.",
    scope: "admin",
    answers: [{ status: 200, text: "All of them.", schema: UsersAnswer }],
    examples: [{ name: "GET /users", status: 200 }],
  },
  {
    method: "PATCH",
    path: "/api/v1/users/{id}",
    id: "changeUser",
    group: "People",
    title: "Change an account",
    text: "Name or role; or disables and enables it. Who is disabled is out at once, everywhere.",
    scope: "admin",
    body: UserChange,
    answers: [{ status: 200, text: "As it is now.", schema: ChangedUserAnswer }],
    conflict: "No admin would be left.",
    examples: [
      { name: "PATCH /users/{id}", path: { id: "1" }, body: { name: "Ada Lovelace" }, status: 200 },
      { name: "PATCH /users/{id}: disable", path: { id: "2" }, body: { disabled: true }, status: 200 },
      { name: "PATCH /users/{id}: last admin", path: { id: "1" }, body: { disabled: true }, status: 409 },
    ],
  },
  {
    method: "POST",
    path: "/api/v1/users/{id}/link",
    id: "renewInvitation",
    group: "People",
    title: "Give a new link",
    text: "To somebody who lost theirs, or forgot the password. The one before is void.",
    scope: "admin",
    answers: [{ status: 201, text: "The new link.", schema: InvitationAnswer }],
    conflict: "The account is disabled.",
    examples: [
      { name: "POST /users/{id}/link", path: { id: "1" }, status: 201 },
      { name: "POST /users/{id}/link: disabled", path: { id: "2" }, status: 409 },
    ],
  },
];
