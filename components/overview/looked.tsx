"use client";
import { useEffect } from "react";
import { apiUrl } from "@/lib/urls/api";

/** Tells the server that the overview of this project was looked at. */
export function Looked({ project }: { project: string }) {
  useEffect(() => {
    // Not remembered is no fault of the page that is open: the next one says what is new by commits.
    fetch(apiUrl.looked, { method: "POST", body: project, keepalive: true }).catch(() => undefined);
  }, [project]);
  return null;
}
