// Draws BPMN with bpmn-js and tells everything that is wrong with the picture, as lines.
window.look = async xml => {
  document.querySelector('#canvas').replaceChildren();
  const viewer = new BpmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  const registry = viewer.get('elementRegistry');
  const all = registry.getAll();
  const faults = warnings.map(warning => `warning: ${warning.message}`);
  const holders = new Set(['bpmn:Participant', 'bpmn:SubProcess']);
  const shapes = all.filter(e => !e.waypoints && e.width && e.type !== 'label' && e.type !== 'bpmn:Collaboration');
  const figures = shapes.filter(s => !holders.has(s.type));
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const within = (a, b) => b.x >= a.x && b.y >= a.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;
  const holds = (a, b) => { for (let e = b.parent; e; e = e.parent) { if (e === a) return true; } return false; };

  shapes.forEach((a, i) => shapes.slice(i + 1).filter(b => meet(a, b) && a.host !== b && b.host !== a).forEach(b => {
    const [outer, inner] = holds(a, b) ? [a, b] : [b, a];
    if (!(holders.has(outer.type) && holds(outer, inner) && within(outer, inner))) faults.push(`${a.id} overlaps ${b.id}`);
  }));

  // Words as they are drawn, not as large as the file says.
  const words = all.filter(e => e.type === 'label').map(e => {
    const box = registry.getGraphics(e).querySelector('text').getBBox();
    return { of: e.labelTarget.id, x: e.x + box.x, y: e.y + box.y, width: box.width, height: box.height };
  });
  words.forEach((w, i) => {
    figures.filter(f => meet(w, f)).forEach(f => faults.push(`the words of ${w.of} lie over ${f.id}`));
    words.slice(i + 1).filter(o => meet(w, o)).forEach(o => faults.push(`the words of ${w.of} lie over those of ${o.of}`));
  });

  // Lines run at right angles and through no figure and no words.
  all.filter(e => e.waypoints).forEach(line => line.waypoints.slice(1).forEach((to, i) => {
    const from = line.waypoints[i];
    if (from.x !== to.x && from.y !== to.y) faults.push(`${line.id} is not at right angles`);
    const strip = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x) + 1, height: Math.abs(from.y - to.y) + 1 };
    figures.filter(f => f !== line.source && f !== line.target && meet(strip, f)).forEach(f => faults.push(`${line.id} runs through ${f.id}`));
    words.filter(w => meet(strip, w)).forEach(w => faults.push(`${line.id} runs through the words of ${w.of}`));
  }));

  // The sign that a sub-process is repeated is drawn in the middle of its lower edge.
  const markers = all.filter(e => e.type === 'bpmn:SubProcess' && e.businessObject.loopCharacteristics)
    .map(e => ({ of: e.id, x: e.x + (e.width / 2) - 8, y: e.y + e.height - 20, width: 16, height: 18 }));
  all.filter(e => e.waypoints).forEach(line => line.waypoints.slice(1).forEach((to, i) => {
    const from = line.waypoints[i];
    const strip = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x) + 1, height: Math.abs(from.y - to.y) + 1 };
    markers.filter(m => meet(strip, m)).forEach(m => faults.push(`${line.id} runs through the marker of ${m.of}`));
  }));

  viewer.get('canvas').zoom('fit-viewport');
  return { shapes: shapes.length, lines: all.filter(e => e.waypoints).length, faults: [...new Set(faults)] };
};
