package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the running kernel takes modules at all, as far as that can be seen without trying. */
public final class ModuleSupport {

    private static final String SECURE_BOOT = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

    private final Path root;

    /** What the file systems below a folder say; {@code /} is this machine. */
    public ModuleSupport(Path root) {
        this.root = root;
    }

    /** Why no module, or none that is not signed, can be loaded; null if nothing speaks against it. */
    public String refusal() {
        if (!Files.exists(root.resolve("proc/modules"))) {
            return "this kernel was built without modules";
        }
        if (text("proc/sys/kernel/modules_disabled").startsWith("1")) {
            return "modules cannot be loaded until the next boot (kernel.modules_disabled is 1)";
        }
        // Four bytes of attributes stand in front of the value.
        String secureBoot = text(SECURE_BOOT);
        if (secureBoot.length() == 5 && secureBoot.charAt(4) == 1) {
            return "Secure Boot is on: the module must be signed by a key that this machine trusts";
        }
        String lockdown = text("sys/kernel/security/lockdown");
        if (lockdown.contains("[integrity]") || lockdown.contains("[confidentiality]")) {
            return "the kernel is locked down: the module must be signed by a key that this machine trusts";
        }
        return text("sys/module/module/parameters/sig_enforce").startsWith("Y")
                ? "this kernel takes signed modules only (module.sig_enforce)" : null;
    }

    private String text(String file) {
        try {
            return Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
