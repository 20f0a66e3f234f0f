import { Button, Group } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import classes from './FilterBar.module.css';

type FilterBarProps = {
  /** The field for words, always in sight. */
  search: ReactNode;
  /** Given while something is left out. */
  onClear?: () => void;
  children: ReactNode;
};

/** The filters of a list; in a narrow window all but the search wait behind a button. */
export function FilterBar({ search, onClear, children }: FilterBarProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const rest = useId();
  return (
    <Group gap="sm" align="flex-end" role="search">
      {search}
      <Button
        variant="default"
        hiddenFrom="sm"
        aria-expanded={open}
        aria-controls={rest}
        onClick={() => setOpen((before) => !before)}
      >
        {t('action.filters')}
      </Button>
      <div id={rest} className={classes.rest} data-open={open}>
        {children}
      </div>
      {onClear ? (
        <Button variant="subtle" onClick={onClear}>
          {t('action.clear')}
        </Button>
      ) : null}
    </Group>
  );
}
