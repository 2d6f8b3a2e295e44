// What needs a script on the console's pages; all else works without.

// Where one is shows also where the navigation is wider than the window.
document.querySelector(".ap-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// Secrets are copied.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy)?.textContent ?? "";
    await navigator.clipboard.writeText(text.trim());
    document.getElementById("copied").textContent = "Copied.";
  });
}

// What goes on meanwhile shows by itself.
if (document.querySelector("[data-live]")) {
  setTimeout(() => location.reload(), 3000);
}
