// govuk-frontend ships no types. Only what portal.ts uses.
declare module "govuk-frontend" {
  interface ComponentClass {
    readonly moduleName: string;
    new (root: Element, config?: object): unknown;
  }
  export const Button: ComponentClass;
  export const CharacterCount: ComponentClass;
  export const Checkboxes: ComponentClass;
  export const ErrorSummary: ComponentClass;
  export const ExitThisPage: ComponentClass;
  export const NotificationBanner: ComponentClass;
  export const PasswordInput: ComponentClass;
  export const Radios: ComponentClass;
  export const ServiceNavigation: ComponentClass;
  export const SkipLink: ComponentClass;
}
