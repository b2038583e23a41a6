#include "sim/toolchain/scratch_folder.hpp"

#include <cstdlib>

#include "sim/toolchain/tool_error.hpp"

namespace basin {

ScratchFolder::ScratchFolder(const std::filesystem::path& parent, const std::string& prefix) {
  std::string pattern = (parent / (prefix + "XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) throw EnvironmentError("can't write in " + parent.string());
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace basin
