package org.syscope.filters.field;

import java.util.List;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;

/** Texts put together of a process's strings: command lines, environment, capabilities. */
final class ProcessTexts {

    private static final String[] CAPABILITIES = ("CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP "
            + "LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO "
            + "SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE "
            + "AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF "
            + "CHECKPOINT_RESTORE").split(" ");

    private ProcessTexts() {
    }

    /** Adds strings with blanks between them. */
    static void joined(TextList list, FieldValue out) {
        byte[] bytes = list.blob().array();
        int end = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
        for (int i = 0; i < end; i++) {
            out.append(bytes[i] == 0 ? ' ' : bytes[i]);
        }
    }

    /** Sets the arguments behind the first word. */
    static boolean arguments(ThreadInfo thread, FieldValue out) {
        out.startBytes();
        joined(thread.args, out);
        return true;
    }

    /** Adds {@code first} and the arguments. */
    static void line(Text first, ThreadInfo thread, FieldValue out) {
        out.append(first.array(), 0, first.length());
        if (!thread.args.isEmpty()) {
            out.append(' ');
            joined(thread.args, out);
        }
    }

    /** Sets name and arguments. */
    static boolean commandLine(ThreadInfo thread, FieldValue out) {
        out.startBytes();
        line(thread.comm, thread, out);
        return true;
    }

    /** Sets the whole environment. */
    static boolean environment(ThreadInfo thread, FieldValue out) {
        out.startBytes();
        joined(thread.env(), out);
        return true;
    }

    /** Sets the value of a variable; false if it is not set. Names and values are parted by the first equals sign. */
    static boolean variable(TextList list, byte[] name, FieldValue out) {
        byte[] bytes = list.blob().array();
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            if (end - start > name.length && bytes[start + name.length] == '=' && matches(bytes, start, name)) {
                out.setBytes(bytes, start + name.length + 1, end - start - name.length - 1);
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (bytes[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes the arguments have together, without what parts them. */
    static long argumentBytes(ThreadInfo thread) {
        List<Text> parts = thread.args.parts();
        long sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            sum += parts.get(i).length();
        }
        return sum;
    }

    /** Sets names of capabilities with blanks between them; bit 0 is CAP_CHOWN (include/uapi/linux/capability.h). */
    static boolean capabilities(long set, FieldValue out) {
        out.startBytes();
        for (int i = 0; i < CAPABILITIES.length; i++) {
            if ((set >>> i & 1) != 0) {
                if (out.length() > 0) {
                    out.append(' ');
                }
                out.append("CAP_");
                out.append(CAPABILITIES[i]);
            }
        }
        return true;
    }
}
