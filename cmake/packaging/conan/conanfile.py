"""A Conan 2 recipe of refold, to be exported from a source tree: conan create cmake/packaging/conan.

Never run against a registry.
"""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir


class RefoldConan(ConanFile):
    name = "refold"
    description = "C++ client for Refold's executions API"
    license = "MIT"
    topics = ("refold", "api", "client", "workflow")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "testing": [True, False], "tools": [True, False]}
    default_options = {"shared": False, "fPIC": True, "testing": False, "tools": False}

    def set_version(self):
        header = load(self, os.path.join(self._tree, "include", "refold", "version.hpp"))
        numbers = re.findall(r"^#define REFOLD_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", header, re.MULTILINE)
        self.version = ".".join(numbers)

    @property
    def _tree(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "CHANGELOG.md", "README.md", "cmake/*", "include/*", "src/*",
                        "examples/*"):
            copy(self, pattern, self._tree, self.export_sources_folder)

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("libcurl/[>=7.74 <9]")
        # Compiled into the library. Programs that include refold/json.hpp require their own.
        self.requires("nlohmann_json/[>=3.9 <4]", visible=False)
        if self.options.testing:
            # Header-only, and not used in refold's headers.
            self.requires("boost/[>=1.74 <2]", visible=False, options={"header_only": True})
        if self.options.tools:
            self.requires("cli11/[>=2.1 <3]", visible=False)

    def validate(self):
        check_min_cppstd(self, 17)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["REFOLD_BUILD_TESTS"] = False
        toolchain.cache_variables["REFOLD_BUILD_EXAMPLES"] = False
        toolchain.cache_variables["REFOLD_WARNINGS"] = False
        toolchain.cache_variables["REFOLD_BUILD_TESTING"] = bool(self.options.testing)
        toolchain.cache_variables["REFOLD_BUILD_TOOLS"] = bool(self.options.tools)
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        # CMakeDeps generates its own.
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "refold")
        library = self.cpp_info.components["refold"]
        library.set_property("cmake_target_name", "refold::refold")
        library.set_property("pkg_config_name", "refold")
        library.libs = ["refold"]
        library.requires = ["libcurl::libcurl", "nlohmann_json::nlohmann_json"]
        if self.settings.os in ("Linux", "FreeBSD"):
            library.system_libs = ["pthread"]
        on_windows = self.settings.os == "Windows"
        if on_windows and not self.options.shared:
            library.defines = ["REFOLD_STATIC"]
        if self.options.testing:
            testing = self.cpp_info.components["testing"]
            testing.set_property("cmake_target_name", "refold::testing")
            testing.libs = ["refold_testing"]
            testing.requires = ["refold", "boost::headers"]
            if on_windows:
                testing.system_libs = ["ws2_32", "mswsock"]
