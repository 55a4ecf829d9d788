// Part of tfjs_binding.node. What TensorFlow writes through Abseil does not heed TF_CPP_MIN_LOG_LEVEL.

#include "absl/log/globals.h"

__attribute__((constructor)) static void KeepErrorsOnly() {
  absl::SetMinLogLevel(absl::LogSeverityAtLeast::kError);
}
