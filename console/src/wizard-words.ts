/** What the wizards' own buttons and steps are called. */
import type { WizardProps } from '@cloudscape-design/components/wizard';

export const wizardWords: WizardProps.I18nStrings = {
  stepNumberLabel: (step) => `Step ${step}`, collapsedStepsLabel: (step, steps) => `Step ${step} of ${steps}`, navigationAriaLabel: 'Steps',
  cancelButton: 'Cancel', previousButton: 'Previous', nextButton: 'Next', optional: 'optional',
};
