import { useTranslation } from '@/app/i18n';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;

/** How dates, numbers and names are written in a language; times are the browser's own. */
export function formats(language: string) {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const number = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 4,
  });
  const size = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  const large = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const seconds = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    maximumFractionDigits: 1,
  });
  return {
    day: (value: string) => day.format(new Date(value)),
    moment: (value: string) => moment.format(new Date(value)),
    number: (value: number) => number.format(value),
    share: (value: number) => share.format(value),
    money: (value: string | number) => money.format(Number(value)),
    bytes: (value: number) => (value < 1e6 ? size.format(Math.ceil(value / 1e3)) : large.format(value / 1e6)),
    seconds: (milliseconds: number) => seconds.format(milliseconds / 1e3),
    ago: (value: string, now = Date.now()) => {
      const passed = (now - new Date(value).getTime()) / 1e3;
      if (passed < MINUTE_S) return ago.format(0, 'minute');
      if (passed < HOUR_S) return ago.format(-Math.floor(passed / MINUTE_S), 'minute');
      if (passed < DAY_S) return ago.format(-Math.floor(passed / HOUR_S), 'hour');
      return passed < WEEK_S ? ago.format(-Math.floor(passed / DAY_S), 'day') : day.format(new Date(value));
    },
    name: (person: { first_name: string; last_name: string }) =>
      FAMILY_FIRST.test(person.last_name)
        ? `${person.last_name} ${person.first_name}`.trim()
        : `${person.first_name} ${person.last_name}`.trim(),
  };
}

/** Names in these scripts are written with the family name first, as the server writes them. */
const FAMILY_FIRST = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

export type Formats = ReturnType<typeof formats>;

const made = new Map<string, Formats>();

export function useFormats(): Formats {
  const { language } = useTranslation();
  const known = made.get(language) ?? formats(language);
  made.set(language, known);
  return known;
}
