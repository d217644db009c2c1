import 'maplibre-gl/dist/maplibre-gl.css';
import { LngLatBounds, Map, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { t } from '#lib/i18n/index';
import { ownBase } from './base.js';
import { layers, shown, type Around, type Point } from './layers.js';
import { ring } from './ring.js';

setWorkerUrl(workerUrl);

export interface Drawing {
  show: (points: readonly Point[], chosen: string | null, around: Around | null) => void;
  zoom: (by: 1 | -1) => void;
  remove: () => void;
}
/** How many pixels beside a point still mean it: a fingertip is wider than a dot. */
const TOUCH = 12;

/** The style the hub was set to while it answers, or the hub's own. */
async function baseOf(styleUrl: string | null): Promise<StyleSpecification | string> {
  const answers = styleUrl !== null && (await fetch(styleUrl).catch(() => null))?.ok;
  return answers ? styleUrl : ownBase();
}

/** Draws the base and the points on it. Wheel and one finger scroll the page: the map zooms by its buttons, Ctrl or two fingers. */
export async function drawMap(
  container: HTMLElement,
  styleUrl: string | null,
  onchoose: (id: string) => void,
): Promise<Drawing> {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const base = await baseOf(styleUrl);
  const map = new Map({
    container,
    center: [-98, 39],
    zoom: 3,
    // Whoever gives the style asks to be named; the hub's own names its source in NOTICE.
    attributionControl: typeof base === 'string' ? { compact: true } : false,
    cooperativeGestures: true,
    locale: {
      'CooperativeGesturesHandler.WindowsHelpText': t('map.wheel'),
      'CooperativeGesturesHandler.MacHelpText': t('map.wheelMac'),
      'CooperativeGesturesHandler.MobileHelpText': t('map.fingers'),
    },
    fadeDuration: still ? 0 : 150,
    style: base,
  });
  await new Promise((loaded) => map.once('load', loaded));
  map.addSource('shown', { type: 'geojson', data: shown([], null, null) });
  for (const layer of layers()) map.addLayer(layer);
  // The list beside the map holds the same points with their names; the keyboard stays there.
  map.getCanvas().tabIndex = -1;
  let last = '';
  map.on('click', ({ point: { x, y } }) => {
    const box: [[number, number], [number, number]] = [
      [x - TOUCH, y - TOUCH],
      [x + TOUCH, y + TOUCH],
    ];
    const ids = map.queryRenderedFeatures(box, { layers: ['points'] }).map((one) => String(one.properties['id']));
    const here = [...new Set(ids)].toSorted();
    // Several at one door: each tap goes on to the next.
    const next = here[(here.indexOf(last) + 1) % here.length];
    if (next !== undefined) onchoose((last = next));
  });
  map.on('idle', () => (container.dataset['map'] = 'idle'));

  let framed = '';
  return {
    show(points, chosen, around) {
      void map.getSource<GeoJSONSource>('shown')?.setData(shown(points, chosen, around));
      const key = JSON.stringify([around, ...points.map((point) => point.id)]);
      const corners = [
        ...points.map(({ longitude, latitude }): [number, number] => [longitude, latitude]),
        ...(around ? ring(around, around.miles) : []),
      ];
      const [first] = corners;
      if (!first || key === framed) return;
      framed = key;
      const bounds = corners.reduce((all, corner) => all.extend(corner), new LngLatBounds(first, first));
      map.fitBounds(bounds, { padding: 36, maxZoom: 11, animate: !still });
    },
    zoom: (by) => map.zoomTo(map.getZoom() + by, { animate: !still }),
    remove: () => map.remove(),
  };
}
