import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse } from '@/client';
import { useNames } from '../result/names';
import classes from './Findings.module.css';
import { counts, DECISIONS, FACETS, type Facet, type FindingFilter, LEVELS } from './filter';

type FiltersProps = {
  findings: FindingResponse[];
  filter: FindingFilter;
  onFilter: (filter: FindingFilter) => void;
};

const ORDER: Partial<Record<Facet, readonly string[]>> = { severity: LEVELS, decision: DECISIONS };

/** One choice for each heading; every value says how many findings it would leave. */
export function Filters({ findings, filter, onFilter }: FiltersProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const names = useNames();
  const set = FACETS.some((facet) => filter[facet]);
  return (
    <fieldset className={classes.filters} aria-label={t('findings.filters')}>
      {FACETS.map((facet) => {
        const found = counts(findings, filter, facet);
        const order = ORDER[facet];
        const values = order ? order.filter((value) => found.has(value)) : [...found.keys()];
        const chosen = filter[facet];
        if (chosen && !values.includes(chosen)) values.push(chosen);
        return (
          <NativeSelect
            key={facet}
            size="xs"
            aria-label={t(`facet.${facet}`)}
            value={chosen ?? ''}
            data-set={chosen ? 'true' : undefined}
            onChange={(event) => onFilter({ ...filter, [facet]: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t(`facet.${facet}`) },
              ...values.map((value) => ({
                value,
                label: `${names.facet(facet, value)} (${found.get(value) ?? 0})`,
              })),
            ]}
          />
        );
      })}
      {set ? (
        <Button size="compact-xs" variant="subtle" onClick={() => onFilter({})}>
          {common('action.clear')}
        </Button>
      ) : null}
    </fieldset>
  );
}
