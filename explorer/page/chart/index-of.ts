/** The number of the point that a tooltip is about, from what ECharts hands to its formatter. */
export const indexOf = (points: unknown): number => {
  const point: unknown = Array.isArray(points) ? points[0] : points
  const has = typeof point === 'object' && point !== null && 'dataIndex' in point
  return has && typeof point.dataIndex === 'number' ? point.dataIndex : 0
}
