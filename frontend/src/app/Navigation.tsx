import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import type { UserResponse } from '@/client';
import type { Messages } from './messages';
import classes from './Shell.module.css';

type Place = { to: LinkProps['to']; label: keyof Messages['app']['places'] };

const PLACES: Place[] = [
  { to: '/', label: 'home' },
  { to: '/upload', label: 'upload' },
  { to: '/candidates', label: 'candidates' },
  { to: '/reviews', label: 'reviews' },
  { to: '/uploads', label: 'uploads' },
];
const ADMIN_PLACES: Place[] = [
  { to: '/admin/users', label: 'users' },
  { to: '/admin/prompts', label: 'prompts' },
  { to: '/admin/experiments', label: 'experiments' },
  { to: '/admin/audit', label: 'audit' },
  { to: '/admin/webhooks', label: 'webhooks' },
  { to: '/admin/system', label: 'system' },
];

export function Navigation({ user }: { user: UserResponse }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('nav.main')} className={classes.links}>
      <Places places={PLACES} />
      {user.role === 'admin' ? (
        <>
          <p className={classes.group}>{t('nav.admin')}</p>
          <Places places={ADMIN_PLACES} />
        </>
      ) : null}
    </nav>
  );
}

function Places({ places }: { places: Place[] }) {
  const { t } = useTranslation();
  return (
    <ul>
      {places.map(({ to, label }) => (
        <li key={label}>
          <Link to={to} className={classes.link} activeOptions={{ exact: to === '/', includeSearch: false }}>
            {t(`places.${label}`)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
