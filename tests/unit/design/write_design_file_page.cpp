#include <cstdio>

#include "models/design/schema.hpp"

// Prints docs/design-file.md.
int main() {
  const std::string page = basin::schema_markdown();
  return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}
