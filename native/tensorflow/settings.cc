// Part of tfjs_binding.node: settings of TensorFlow that no environment variable reaches.

#include "absl/log/globals.h"
#include "tensorflow/core/platform/tensor_float_32_utils.h"

__attribute__((constructor)) static void ChooseSettings() {
  // What TensorFlow writes through Abseil does not heed TF_CPP_MIN_LOG_LEVEL.
  absl::SetMinLogLevel(absl::LogSeverityAtLeast::kError);
  // Otherwise newer GPUs round the factors of products and convolutions to TF32, ten bits behind the point.
  tensorflow::enable_tensor_float_32_execution(false);
}
