import { Badge, Button, Group, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { UserListItem, UserRole } from '@/client';
import { listUsersOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { SidePanel } from '@/components/Overlay';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import { Invitations } from './Invitations';
import { NewUser } from './NewUser';
import type { UserSearch } from './routes';
import { User } from './User';
import classes from './Users.module.css';

const PAGE = 50;
const TYPING_MS = 250;
const ROLES: UserRole[] = ['junior_recruiter', 'senior_recruiter', 'admin'];

export function Users() {
  const { t } = useTranslation('admin');
  const search = useSearch({ from: '/inside/admin/admin/users' });
  const navigate = useNavigate({ from: '/admin/users' });
  const [adding, { open, close }] = useDisclosure();
  const show = (change: Partial<UserSearch>) =>
    navigate({ search: (now) => ({ ...now, page: undefined, ...change }), replace: true });
  const users = useQuery({
    ...listUsersOptions({
      query: {
        page: search.page ?? 1,
        page_size: PAGE,
        search: search.search,
        role: search.role,
        is_active: search.active,
      },
    }),
    placeholderData: keepPreviousData,
  });

  return (
    <Page title={t('users')} about={t('about')} actions={<Button onClick={open}>{t('new')}</Button>}>
      <Filters search={search} show={show} />
      <QueryView query={users}>
        {(data) =>
          data.users.length === 0 ? (
            <Notice title={t('noneFound')} hint={t('noneFoundHint')} />
          ) : (
            <>
              <List rows={data.users} show={show} />
              <Pager
                offset={(data.page - 1) * PAGE}
                limit={PAGE}
                total={data.total}
                onMove={(offset) => show({ page: offset / PAGE + 1 })}
              />
            </>
          )
        }
      </QueryView>
      <Invitations />
      <SidePanel opened={adding} onClose={close} title={t('new')}>
        {adding ? <NewUser onClose={close} /> : null}
      </SidePanel>
      <SidePanel opened={Boolean(search.user)} onClose={() => show({ user: undefined })} title={t('account')}>
        {search.user ? <User id={search.user} onClose={() => show({ user: undefined })} /> : null}
      </SidePanel>
    </Page>
  );
}

type ListProps = { rows: UserListItem[]; show: (change: Partial<UserSearch>) => void };

function List({ rows, show }: ListProps) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const { name, ago, number } = useFormats();
  const columns: Column<UserListItem>[] = [
    {
      key: 'name',
      label: t('name'),
      heading: true,
      cell: (user) => (
        <UnstyledButton className={classes.name} onClick={() => show({ user: user.id })}>
          {name(user)}
        </UnstyledButton>
      ),
    },
    { key: 'email', label: t('email'), cell: (user) => user.email },
    { key: 'role', label: t('role'), cell: (user) => common(`role.${user.role}`) },
    {
      key: 'state',
      label: t('state'),
      cell: (user) => (
        <Group gap={4}>
          {user.is_active ? t('active') : <Badge color="gray">{t('inactive')}</Badge>}
          {user.force_password_change ? <Badge>{t('temporary')}</Badge> : null}
        </Group>
      ),
    },
    {
      key: 'candidates',
      label: t('candidates'),
      numeric: true,
      cell: (user) => number(user.assigned_candidates_count),
    },
    {
      key: 'login',
      label: t('lastLogin'),
      cell: (user) => (user.last_login_at ? ago(user.last_login_at) : '–'),
    },
  ];
  return <DataTable label={t('users')} columns={columns} rows={rows} keyOf={(user) => user.id} />;
}

type FiltersProps = { search: UserSearch; show: (change: Partial<UserSearch>) => void };

function Filters({ search, show }: FiltersProps) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const [text, setText] = useState(search.search ?? '');
  const find = useDebouncedCallback((value: string) => show({ search: value || undefined }), TYPING_MS);
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        type="search"
        label={common('action.search')}
        placeholder={t('searchHint')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={t('role')}
        value={search.role ?? ''}
        onChange={(event) => show({ role: (event.currentTarget.value as UserRole) || undefined })}
        data={[
          { value: '', label: t('all') },
          ...ROLES.map((value) => ({ value, label: common(`role.${value}`) })),
        ]}
      />
      <NativeSelect
        label={t('state')}
        value={search.active === undefined ? '' : String(search.active)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          show({ active: value === '' ? undefined : value === 'true' });
        }}
        data={[
          { value: '', label: t('all') },
          { value: 'true', label: t('active') },
          { value: 'false', label: t('inactive') },
        ]}
      />
    </Group>
  );
}
