"use client";
import { Copy, Download } from "lucide-react";
import { useState } from "react";
import { buttonClasses } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyLink } from "@/components/ui/copy-link";
import { Menu } from "@/components/ui/menu";
import { forestPicture, type PictureTold } from "./forest-picture";
import { paintPng } from "./paint";

const ICON = { className: "size-4", strokeWidth: 1.5, "aria-hidden": true } as const;

type Props = {
  url: string;
  markdown: string;
  /** Addresses of the same rows. */
  csv: string;
  json: string;
  picture: PictureTold;
  /** File name without its ending. */
  name: string;
};

/** What carries a comparison into an issue, a chat or another program. */
export function ExportActions({ url, markdown, csv, json, picture, name }: Props) {
  const [fault, setFault] = useState<string | null>(null);
  const png = () =>
    paintPng(forestPicture(picture))
      .then((blob) => save(blob, `${name}.png`))
      .catch((error: unknown) =>
        setFault(error instanceof Error ? error.message : "The picture could not be painted."),
      );
  return (
    <>
      <CopyLink text={() => url} />
      <CopyButton text={() => markdown} icon={<Copy {...ICON} />}>
        Markdown
      </CopyButton>
      <Menu
        label="Export"
        align="end"
        className={buttonClasses("outline")}
        trigger={
          <>
            <Download {...ICON} /> Export
          </>
        }
        items={[
          { key: "csv", label: "CSV", hint: "all rows", onSelect: () => window.location.assign(csv) },
          { key: "json", label: "JSON", hint: "the API's answer", onSelect: () => open(json) },
          { key: "png", label: "PNG", hint: "the rows on this page", onSelect: () => void png() },
        ]}
      />
      {fault && (
        <p role="alert" className="text-label text-warn">
          {fault}
        </p>
      )}
    </>
  );
}

/** Beside the page: an answer of the API has no way back. */
const open = (address: string) => window.open(address, "_blank", "noopener");

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
