import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { apiFile } from '@/app/api';
import { Problem } from '@/components/Problem';
import classes from './Evidence.module.css';

type PictureSheetProps = { resumeId: string; number: number; label: string };

const PIXELS = 1_600;

/** A page that the server draws: of an uploaded picture, which PDF.js cannot open. */
export function PictureSheet({ resumeId, number, label }: PictureSheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useQuery({
    queryKey: ['resume_analysis', 'picture', resumeId, number],
    queryFn: () => apiFile(`/api/v1/resume_upload/${resumeId}/pages/${number}.webp?width=${PIXELS}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (!picture.data) return;
    let left = false;
    createImageBitmap(picture.data).then((bitmap) => {
      if (left || !canvas.current) return;
      canvas.current.width = bitmap.width;
      canvas.current.height = bitmap.height;
      canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0);
    });
    return () => {
      left = true;
    };
  }, [picture.data]);
  if (picture.error) return <Problem error={picture.error} retry={() => picture.refetch()} />;
  return (
    <div className={classes.picture}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
