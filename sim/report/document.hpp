#pragma once

#include <string>

namespace basin::report {

/// The bytes of a file of the page's own, sim/report/`name`. Throws EnvironmentError when it is missing.
std::string own_file(const char* name);

/// An HTML document that may do nothing but show itself: its Content Security Policy lets no script run and no style hold but
/// these two, by their hashes, and no picture that is not in the page. `title` is plain text, the others are HTML, CSS and
/// JavaScript; an empty script leaves scripts out.
std::string document(const std::string& title, const std::string& style, const std::string& script, const std::string& main,
                     const std::string& footer);

}  // namespace basin::report
