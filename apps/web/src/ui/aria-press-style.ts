/**
 * React Aria's press handling writes a <style> element into the page, which the CSP forbids. It does not if an
 * element with this id is there already; the rule itself stands in theme/base.css.
 */
const ID = "react-aria-pressable-style";

if (document.getElementById(ID) === null) {
  const mark = document.createElement("meta");
  mark.id = ID;
  document.head.append(mark);
}
