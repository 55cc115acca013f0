/** A client's link: followed only where it is http(s), else shown as the text that it is. */
export function ExternalLink({ href, text }: { href: string; text: string }) {
  if (!/^https?:\/\//i.test(href)) return <>{text}</>;
  return (
    <a href={href} className="link" target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}
