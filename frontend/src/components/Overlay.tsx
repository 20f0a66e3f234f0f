import { Drawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '@/app/i18n';

type OverlayProps = {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: 'md' | 'lg';
  children: ReactNode;
};

// A title bar of an overlay is not the page's banner, which `header` would make it.
const PARTS = { header: { role: 'none' } };

/** A short question over the page. */
export function Dialog(props: OverlayProps) {
  const { t } = useTranslation();
  return <Modal attributes={PARTS} closeButtonProps={{ 'aria-label': t('action.close') }} {...props} />;
}

/** A form or details beside the page, at its right edge. */
export function SidePanel(props: OverlayProps) {
  const { t } = useTranslation();
  return <Drawer attributes={PARTS} closeButtonProps={{ 'aria-label': t('action.close') }} {...props} />;
}
