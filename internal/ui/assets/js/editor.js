// Designing a process: milestones are dragged within a phase and to another one. What
// the mouse does is sent as the form that the buttons would send.
(() => {
  const form = document.querySelector("[data-design-place]");
  if (!form || !window.Sortable) return;
  for (const list of document.querySelectorAll("[data-design-list]")) {
    window.Sortable.create(list, {
      group: "milestones", draggable: "[data-design-item]", handle: "[data-design-grip]", forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4,
      animation: 0, scrollSensitivity: 60, ghostClass: "board-place", dragClass: "board-held",
      onEnd({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
        if (from === to && oldDraggableIndex === newDraggableIndex) return;
        form.elements.at.value = item.dataset.designItem;
        form.elements.phase.value = to.dataset.designList;
        form.elements.place.value = newDraggableIndex;
        form.requestSubmit();
      },
    });
  }
})();
