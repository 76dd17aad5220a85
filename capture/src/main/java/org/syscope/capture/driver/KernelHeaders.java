package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.syscope.capture.linux.SystemCall;

/**
 * A folder with the headers that a kernel was built with, as {@code /lib/modules/RELEASE/build} is one. Some
 * distributions keep what all flavours of a kernel share in a second folder, named by an {@code include} line of the
 * first one's Makefile. A folder with a file {@code vmlinux.h} (all types of a kernel in one header, as
 * {@code bpftool btf dump file /sys/kernel/btf/vmlinux format c} writes it) will do for the running kernel.
 */
final class KernelHeaders {

    private static final Path MODULES = Path.of("/lib/modules");
    private static final Pattern INCLUDE = Pattern.compile("(?m)^include\\s+(/\\S+)/Makefile\\s*$");
    private static final Pattern RELEASE = Pattern.compile("UTS_RELEASE\\s+\"([^\"]+)\"");

    private final Path build;
    private final Path source;
    private final String release;
    private final boolean typesOnly;

    private KernelHeaders(Path build, Path source, String release, boolean typesOnly) {
        this.build = build;
        this.source = source;
        this.release = release;
        this.typesOnly = typesOnly;
    }

    /** {@return the release of the running kernel, as {@code uname -r} has it} */
    static String runningRelease() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/osrelease"), StandardCharsets.US_ASCII).strip();
    }

    /** {@return the headers of the running kernel} */
    static KernelHeaders ofRunningKernel() throws IOException {
        String release = runningRelease();
        Path build = MODULES.resolve(release).resolve("build");
        if (!Files.isDirectory(build)) {
            throw new DriverException("no headers of kernel " + release + ": there is no " + build,
                    "install them: " + Distribution.installHeaders(release), "", null);
        }
        return of(build);
    }

    /** {@return the headers in a folder} */
    static KernelHeaders of(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve("vmlinux.h"))) {
            return new KernelHeaders(folder, folder, runningRelease(), true);
        }
        Path generated = folder.resolve("include/generated/utsrelease.h");
        Matcher release = RELEASE.matcher(Files.isRegularFile(generated)
                ? Files.readString(generated, StandardCharsets.ISO_8859_1) : "");
        if (!release.find()) {
            throw new DriverException(folder + " has no kernel headers: there is no "
                    + folder.relativize(generated) + " in it",
                    "give the folder that /lib/modules/RELEASE/build is, or the sources of a kernel that was built", "",
                    null);
        }
        Path source = source(folder);
        if (!Files.isRegularFile(source.resolve("include/linux/sched.h"))) {
            throw new DriverException("headers of kernel " + release.group(1) + " are not complete: there is no "
                    + source.resolve("include/linux/sched.h"),
                    "install them: " + Distribution.installHeaders(release.group(1)), "", null);
        }
        return new KernelHeaders(folder, source, release.group(1), false);
    }

    private static Path source(Path build) throws IOException {
        if (Files.isRegularFile(build.resolve("include/linux/sched.h"))) {
            return build;
        }
        Path makefile = build.resolve("Makefile");
        Matcher include = INCLUDE.matcher(Files.isRegularFile(makefile)
                ? Files.readString(makefile, StandardCharsets.ISO_8859_1) : "");
        if (include.find()) {
            Path shared = Path.of(include.group(1));
            // Unpacked elsewhere, the two folders still lie side by side.
            return Files.isDirectory(shared) ? shared : build.toRealPath().resolveSibling(shared.getFileName());
        }
        Path source = build.resolve("source");
        return Files.isDirectory(source) ? source : build.resolveSibling("source");
    }

    /** {@return the release of the kernel that these are the headers of} */
    String release() {
        return release;
    }

    /** {@return the folder with what was made when the kernel was built, where a module is made} */
    Path folder() {
        return build;
    }

    /** {@return whether the kernel was compiled with clang, as its modules must then be} */
    boolean madeWithClang() throws IOException {
        return says("include/config/auto.conf", Pattern.compile("(?m)^CONFIG_CC_IS_CLANG=y"));
    }

    /** {@return what the compiler needs to find them, and to take them for what they are} */
    List<String> flags() {
        List<String> flags = new ArrayList<>();
        if (typesOnly) {
            flags.add("-I" + build);
            flags.add("-DSYSCOPE_VMLINUX_H");
            return flags;
        }
        String machine = machine();
        for (String folder : new String[] {"arch/" + machine + "/include", "include", "arch/" + machine + "/include/uapi",
            "include/uapi"}) {
            flags.add("-I" + source.resolve(folder));
            flags.add("-I" + build.resolve(folder.replace("arch/" + machine + "/include",
                    "arch/" + machine + "/include/generated").replaceFirst("^include/uapi", "include/generated/uapi")));
        }
        flags.addAll(List.of("-include", source.resolve("include/linux/kconfig.h").toString()));
        Path compiler = source.resolve("include/linux/compiler_types.h");
        if (Files.isRegularFile(compiler)) {
            flags.addAll(List.of("-include", compiler.toString()));
        }
        flags.addAll(List.of("-D__KERNEL__", "-D__BPF_TRACING__", "-DKBUILD_MODNAME=\"syscope\""));
        if (machine.equals("arm64")) {
            // Its macros hold assembler for the kernel's own registers.
            flags.add("-D__ASM_SYSREG_H");
        }
        return flags;
    }

    /**
     * Looks whether a header says something.
     *
     * @param header its place, such as {@code include/linux/fs.h}
     * @param words what is looked for
     * @return whether it stands there; false without such a header
     */
    boolean says(String header, Pattern words) throws IOException {
        for (Path file : typesOnly ? List.of(build.resolve("vmlinux.h"))
                : List.of(source.resolve(header), build.resolve(header))) {
            if (Files.isRegularFile(file)
                    && words.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find()) {
                return true;
            }
        }
        return false;
    }

    /** {@return this machine's architecture as the kernel's folders call it} */
    static String machine() {
        return SystemCall.GETPID.number() == 39 ? "x86" : "arm64";
    }
}
