// Dialogs: `data-open-dialog="id"` opens one, `data-close-dialog` closes it, and focus goes back to where it came from.

/** Open a dialog; resolves with its return value when it is closed, after focus is back on `opener`. */
export function openDialog(dialog: HTMLDialogElement, opener: HTMLElement | null = activeElement()): Promise<string> {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        opener?.focus();
        resolve(dialog.returnValue);
      },
      { once: true },
    );
  });
}

/** Let the openers and closers within `root` work, also those that are added later. */
export function wireDialogs(root: Document): void {
  root.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest<HTMLElement>("[data-open-dialog]");
    const dialog = opener && root.getElementById(opener.dataset["openDialog"] ?? "");
    if (dialog instanceof HTMLDialogElement) void openDialog(dialog, opener);
    if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog")?.close();
  });
}

function activeElement(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}
