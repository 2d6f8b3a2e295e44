/** sao's own hook: puts the count of its discussions beside the buttons of every record's form; the panel opens from there. */
(() => {
  let joined = null;

  const ask = async () => {
    const { database } = Sao.Session.current_session;
    const response = await fetch(`${database}/apropos-token`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!response.ok) throw Object.assign(new Error("no token"), { status: response.status });
    return response.json();
  };

  const join = async () => {
    const { endpoint, models } = await ask();
    const { configure } = await import(`${endpoint}/widget/apropos.js`);
    const token = async () => (await ask()).token;
    document.getElementById("main").append(document.createElement("apropos-panel"));
    configure({ endpoint, token, hostName: "Tryton", lang: Sao.i18n.getlang().replace("_", "-") });
    return models;
  };

  const discuss = async ({ screen, el }) => {
    const models = await (joined ??= join().catch(() => []));
    const { id } = screen.current_record ?? {};
    const isOne = screen.current_view.view_type === "form" && id > 0 && models.includes(screen.model_name);
    const record = `${screen.model_name.replaceAll(".", "_")}:${id}`;
    const badge = el.find("apropos-badge")[0];
    if (!isOne) return badge?.remove();
    if (badge) return badge.setAttribute("record", record);
    const made = document.createElement("apropos-badge");
    made.setAttribute("record", record);
    el.find(".toolbar .btn-toolbar").first().prepend(made);
  };

  const told = Sao.Tab.Form.prototype.record_message;
  Sao.Tab.Form.prototype.record_message = function (...said) {
    told.apply(this, said);
    discuss(this);
  };
})();
