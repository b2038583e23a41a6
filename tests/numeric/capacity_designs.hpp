#pragma once

#include "models/design/resolve.hpp"
#include "sim/capacity/campaign.hpp"
#include "sim/io/data_source.hpp"
#include "sim/io/toml_reader.hpp"

namespace basin::test {

/// The design of a TOML text.
inline Design design_of(const std::string& text) { return resolve_design(parse_toml(text, "test.toml"), FileData(".")); }

/// The text of a circuit of one gain that starts at u(0) = ξ, integrated in single precision.
inline std::string circuit_text(double gain) {
  return "[circuit]\nunits = \"normalised\"\ngain = " + std::to_string(gain) +
         "\n[cues]\namplitude = 1.0\nseed = 1\n[simulate]\nrtol = 1e-6\natol = 1e-8\n";
}

/// A folder of finished cells that goes away with the object.
class StoreFolder {
 public:
  StoreFolder() : path_(std::filesystem::temp_directory_path() / "basin_capacity_XXXXXX") {
    std::string name = path_.string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("can't make " + name);
    path_ = name;
  }
  ~StoreFolder() { std::filesystem::remove_all(path_); }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The campaign of a TOML text, in a folder of its own.
inline Campaign campaign_of(const std::string& text, int jobs = 1) {
  const StoreFolder folder;
  CampaignOptions options;
  options.store = folder.path();
  options.jobs = jobs;
  return run_campaign(design_of(text), options);
}

}  // namespace basin::test
