import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { BatchItemResponse, Decision, ReviewItem } from '@/client';
import classes from './Batch.module.css';
import { Item } from './Item';

const ROW_PX = 57;
const AHEAD = 8;

type ItemsProps = {
  items: BatchItemResponse[];
  reviews: ReadonlyMap<string, ReviewItem>;
  busy: boolean;
  onDecide: (decision: Decision) => void;
  onChoose: (item: BatchItemResponse) => void;
};

/** All files of a bulk upload; only those near the window are in the page. */
export function Items({ items, reviews, busy, onDecide, onChoose }: ItemsProps) {
  const { t } = useTranslation('bulk_upload');
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_PX,
    overscan: AHEAD,
    scrollMargin: top,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  return (
    <ul ref={list} aria-label={t('files')} className={classes.list} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const item = items[index];
        if (!item) return null;
        return (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={items.length}
            className={classes.row}
            style={{ transform: `translateY(${start - top}px)` }}
          >
            <Item
              item={item}
              review={reviews.get(item.resume_id ?? '')}
              busy={busy}
              onDecide={onDecide}
              onChoose={() => onChoose(item)}
            />
          </li>
        );
      })}
    </ul>
  );
}
