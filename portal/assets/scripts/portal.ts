// On every page: the GOV.UK components that our templates use, and dialogs. Every page works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";
import { wireDialogs } from "./dialogs";

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
];

function start(): void {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  for (const Component of COMPONENTS) {
    for (const root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) startOne(Component, root);
  }
  wireDialogs(document);
}

/** One broken component must not take the others with it. */
function startOne(Component: (typeof COMPONENTS)[number], root: Element): void {
  try {
    new Component(root);
  } catch (error) {
    console.error(error);
  }
}

start();
