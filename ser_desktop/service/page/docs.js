// Lists the requests of openapi.json.

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const described = await (await fetch("/openapi.json")).json();
const place = document.getElementById("requests");
place.textContent = "";
for (const [path, methods] of Object.entries(described.paths)) {
  for (const [method, request] of Object.entries(methods)) {
    place.append(element("h2", `${method.toUpperCase()} ${path}`), element("p", request.description || request.summary));
    const form = request.requestBody?.content?.["multipart/form-data"]?.schema?.properties ?? {};
    const fields = document.createElement("ul");
    for (const [name, field] of Object.entries(form)) {
      fields.append(element("li", `${name} (${field.type}): ${field.description ?? ""}`));
    }
    if (fields.children.length) place.append(fields);
  }
}
