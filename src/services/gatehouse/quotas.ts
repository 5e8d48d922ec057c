/** The quotas of the caller's account: which there are, and how far they are adjusted. */
import type { Gatehouse } from '../../../models/gatehouse.ts';
import { adjustableQuotas, isAdjustableQuota, quotaOf } from '../../store/account-quotas.ts';
import type { AdjustableQuotaName } from '../../store/account-quotas.ts';
import type { AccountView } from '../../store/store.ts';
import { accountSettingsKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';

export const quotas = {
  ListQuotas: {
    access: (_input, { account }) => [{ resource: quotaArn(account, '*') }],
    run: (_input, { view }) => ({ Quotas: (Object.keys(adjustableQuotas) as AdjustableQuotaName[]).map((name) => shown(view, name)) }),
  },

  SetQuota: {
    access: ({ QuotaName }, { account }) => [{ resource: quotaArn(account, QuotaName) }],
    async run({ QuotaName, Value }, { write, error }) {
      if (!isAdjustableQuota(QuotaName)) throw error('NoSuchQuota', `There is no adjustable quota ${QuotaName}.`);
      const { max } = adjustableQuotas[QuotaName];
      if (Value > max) throw error('QuotaOutOfRange', `${QuotaName} can be ${max} at most.`);
      return write((draft) => {
        const settings = draft.accountSettings.find(accountSettingsKey) ?? {};
        const changed = { ...settings, Quotas: { ...settings.Quotas, [QuotaName]: Value } };
        if (!draft.accountSettings.insert(changed)) draft.accountSettings.update(changed);
        return { Quota: shown(draft, QuotaName) };
      });
    },
  },
} satisfies Operations<Gatehouse, 'ListQuotas' | 'SetQuota'>;

const quotaArn = (account: string, name: string): string => `arn:aws:gatehouse::${account}:quota/${name}`;

function shown(view: AccountView, QuotaName: AdjustableQuotaName) {
  const { default: DefaultValue, max: MaximumValue } = adjustableQuotas[QuotaName];
  return { QuotaName, Value: quotaOf(view, QuotaName), DefaultValue, MaximumValue };
}
