/** What files say. */
export const files = {
  uploading: "Uploading {name}",
  file_there: "{name} is attached",
  file_too_large: "{name} is {size}. The limit is {limit}.",
  file_blocked: "{name} cannot be attached: files of this kind can run.",
  files_most: "At most {count} files go with one message.",
  remove_file: "Remove {name}",
};
