const SAFE_LINK = /^(?:https?:\/\/|mailto:)[^\s]+$/i;
const OWN_PICTURE = /^\/images\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/;

/** Whether a link may lead there: web and mail addresses only. */
export function isSafeLink(href: unknown): boolean {
  return typeof href === "string" && SAFE_LINK.test(href);
}

/** Whether a picture lies in the portal, where the server decides who may see it. */
export function isOwnPicture(src: unknown): boolean {
  return typeof src === "string" && OWN_PICTURE.test(src);
}
