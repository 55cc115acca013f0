"use client";
import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { iconButtonClasses } from "@/components/ui/button";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { mutate } from "@/lib/api/mutate";
import type { UserItem } from "@/lib/queries/users";
import { apiUrl } from "@/lib/urls/api";
import { HandOver, type Link } from "./hand-over";

/** What an admin may do with an account. What comes of it stands below the menu. */
export function MemberActions({ user, isSelf }: { user: UserItem; isSelf: boolean }) {
  const router = useRouter();
  const [link, setLink] = useState<Link | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const act = async (work: () => Promise<unknown>) => {
    setFault(null);
    setLink(null);
    try {
      await work();
      router.refresh();
    } catch (error) {
      setFault(error instanceof Error ? error.message : "That did not work.");
    }
  };
  const change = (body: object) => act(() => mutate(apiUrl.user(user.id), { method: "PATCH", body }));
  const renew = () => act(async () => setLink(await mutate<Link>(apiUrl.userLink(user.id))));
  const other = user.role === "admin" ? "member" : "admin";
  const isDisabled = user.disabledAt !== null;
  const items: MenuItem[] = [
    ...(isDisabled ? [] : [{ key: "link", label: "New link to set a password", onSelect: renew }]),
    {
      key: "role",
      label: `Make ${user.role === "admin" ? "a member" : "an admin"}`,
      onSelect: () => change({ role: other }),
    },
    ...(isSelf
      ? []
      : [
          {
            key: "disabled",
            label: isDisabled ? "Enable" : "Disable, and sign out everywhere",
            onSelect: () => change({ disabled: !isDisabled }),
          },
        ]),
  ];
  return (
    <>
      <Menu
        label={`Change ${user.name}`}
        align="end"
        className={iconButtonClasses()}
        trigger={<Ellipsis className="size-4" strokeWidth={1.5} aria-hidden />}
        items={items}
      />
      {fault && (
        <p role="alert" className="text-warn">
          {fault}
        </p>
      )}
      {link && <HandOver link={link} />}
    </>
  );
}
