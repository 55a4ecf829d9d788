// The addon that Node loads. It loads the one beside it, tfjs_binding.node, which is linked to TensorFlow.
//
// TensorFlow writes to stderr while its libraries are loaded and while it looks for devices, before any of its
// settings is read: lines that would land in the middle of the screen. So stderr goes to a file meanwhile. Where
// loading fails, the lines are part of the error; where it works, they are dropped.

#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

namespace {

// Workers may load at the same time, and there is one stderr.
std::mutex loading;

class CapturedStderr {
 public:
  CapturedStderr()
      : file_(std::tmpfile()),
        original_(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)) {
    if (file_ != nullptr && original_ != -1) {
      dup2(fileno(file_), STDERR_FILENO);
    }
  }

  ~CapturedStderr() {
    if (original_ != -1) {
      dup2(original_, STDERR_FILENO);
      close(original_);
    }
    if (file_ != nullptr) std::fclose(file_);
  }

  std::string Text() const {
    std::string text;
    if (file_ == nullptr) return text;
    std::rewind(file_);
    char buffer[4096];
    while (const size_t count = std::fread(buffer, 1, sizeof buffer, file_)) {
      text.append(buffer, count);
    }
    return text;
  }

 private:
  FILE *const file_;
  const int original_;
};

std::string FileBeside(const char *name) {
  Dl_info self;
  dladdr(reinterpret_cast<void *>(&FileBeside), &self);
  const std::string file = self.dli_fname;
  return file.substr(0, file.rfind('/') + 1) + name;
}

// The message of the exception that is being thrown, which is taken back; empty where none is.
std::string TakeException(napi_env env) {
  bool is_pending = false;
  napi_is_exception_pending(env, &is_pending);
  if (!is_pending) return "";
  napi_value error, message;
  char text[4096] = "unknown error";
  napi_get_and_clear_last_exception(env, &error);
  napi_coerce_to_string(env, error, &message);
  napi_get_value_string_utf8(env, message, text, sizeof text, nullptr);
  return text;
}

// Answers why it cannot be loaded; empty where it is.
std::string Load(napi_env env, napi_value exports, napi_value *loaded) {
  void *const addon = dlopen(FileBeside("tfjs_binding.node").c_str(), RTLD_NOW);
  if (addon == nullptr) return dlerror();
  const auto init = reinterpret_cast<napi_addon_register_func>(
      dlsym(addon, "napi_register_module_v1"));
  if (init == nullptr) return dlerror();
  *loaded = init(env, exports);
  return TakeException(env);
}

}  // namespace

NAPI_MODULE_INIT() {
  const std::lock_guard<std::mutex> lock(loading);
  // Set here, since a worker's process.env is a copy that TensorFlow does not see. Errors are still written.
  setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0);
  // Otherwise TensorFlow takes the whole memory of a GPU that others may be using.
  setenv("TF_FORCE_GPU_ALLOW_GROWTH", "true", 0);
  napi_value loaded = exports;
  std::string reason;
  {
    const CapturedStderr captured;
    reason = Load(env, exports, &loaded);
    if (!reason.empty()) reason += '\n' + captured.Text();
  }
  if (!reason.empty()) napi_throw_error(env, nullptr, reason.c_str());
  return loaded;
}
