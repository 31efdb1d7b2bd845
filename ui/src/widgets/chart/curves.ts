/** How a line runs from one point to the next, by ChatKit's names. */
import * as shape from 'd3-shape';
import type { CurveFactory } from 'd3-shape';
import { own } from '../props';

const CURVES: Record<string, CurveFactory> = {
  basis: shape.curveBasis,
  basisClosed: shape.curveBasisClosed,
  basisOpen: shape.curveBasisOpen,
  bump: shape.curveBumpX,
  bumpX: shape.curveBumpX,
  bumpY: shape.curveBumpY,
  linear: shape.curveLinear,
  linearClosed: shape.curveLinearClosed,
  monotone: shape.curveMonotoneX,
  monotoneX: shape.curveMonotoneX,
  monotoneY: shape.curveMonotoneY,
  natural: shape.curveNatural,
  step: shape.curveStep,
  stepAfter: shape.curveStepAfter,
  stepBefore: shape.curveStepBefore,
};

export function curveOf(name: string): CurveFactory {
  return own(CURVES, name) ?? shape.curveMonotoneX;
}
