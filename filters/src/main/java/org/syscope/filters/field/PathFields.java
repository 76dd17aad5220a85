package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.state.FdInfo;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.ParameterText;
import org.syscope.filters.text.PathText;
import org.syscope.filters.text.TextEscape;

/** The paths that a file system call works on; only calls that succeeded have them. */
final class PathFields extends TableFamily {

    /** Stands for the name of the fd that the event is about. */
    private static final String FD = "fd";

    private final ParameterText parameters;
    private final OutputBuffer path = new OutputBuffer();
    private final OutputBuffer scratch = new OutputBuffer();

    PathFields(FieldRows rows, ParameterText parameters) {
        super("fs.path", rows);
        this.parameters = parameters;
    }

    /** Which path of a call. */
    private enum Which {
        ONLY, SOURCE, TARGET
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        boolean raw = info.name().endsWith("raw");
        Which which = info.name().startsWith("fs.path.name") ? Which.ONLY
                : info.name().startsWith("fs.path.source") ? Which.SOURCE : Which.TARGET;
        return new RenderedField(info, null, 150, (c, out, escape) -> {
            int start = out.length();
            if (!write(c, which, raw, out)) {
                return false;
            }
            if (escape) {
                TextEscape.tail(out, start, scratch);
            }
            return true;
        }).only((code, call) -> parameter(code, which) != null);
    }

    private boolean write(EventContext context, Which which, boolean raw, OutputBuffer out) {
        String parameter = parameter(context.eventCode(), which);
        Event event = context.event();
        if (parameter == null || event.signed(0, -1) < 0 || context.state().thread() == null) {
            return false;
        }
        if (parameter.equals(FD)) {
            FdInfo fd = context.state().fd();
            if (fd != null) {
                out.append(raw && !fd.rawName.isEmpty() ? fd.rawName.array() : fd.name.array());
            }
            return fd != null;
        }
        int index = event.type().parameterIndex(parameter);
        if (!event.has(index)) {
            return false;
        }
        int length = event.stringLength(index);
        path.clear();
        path.append(event.segment(), event.parameterOffset(index), length);
        if (raw) {
            out.append(path.array(), 0, length);
            return true;
        }
        ParameterInfo info = event.type().parameter(index);
        if (length > 0 && path.array()[0] == '/') {
            PathText.join(out, out.length(), path.array(), 0, length);
        } else {
            parameters.absolute(event, index, info.dirfdIndex(), out);
        }
        return true;
    }

    /** The name of the parameter that holds a path; null if the call has no such path. */
    private static String parameter(int code, Which which) {
        if (!EventType.known(code)) {
            return null;
        }
        return switch (which) {
            case ONLY -> only(code);
            case SOURCE -> source(code);
            case TARGET -> target(code);
        };
    }

    private static String only(int code) {
        return switch (code) {
            case EventCodes.PPME_SYSCALL_MKDIR_2_X, EventCodes.PPME_SYSCALL_MKDIRAT_X, EventCodes.PPME_SYSCALL_RMDIR_2_X,
                    EventCodes.PPME_SYSCALL_UNLINK_2_X, EventCodes.PPME_SYSCALL_CHOWN_X, EventCodes.PPME_SYSCALL_LCHOWN_X,
                    EventCodes.PPME_SYSCALL_MKNOD_X, EventCodes.PPME_SYSCALL_MKNODAT_X,
                    EventCodes.PPME_SYSCALL_NEWFSTATAT_X -> "path";
            case EventCodes.PPME_SYSCALL_UNLINKAT_2_X, EventCodes.PPME_SYSCALL_OPEN_X, EventCodes.PPME_SYSCALL_OPENAT_2_X,
                    EventCodes.PPME_SYSCALL_OPENAT2_X, EventCodes.PPME_SYSCALL_CREAT_X, EventCodes.PPME_SYSCALL_UMOUNT_X,
                    EventCodes.PPME_SYSCALL_UMOUNT_1_X, EventCodes.PPME_SYSCALL_UMOUNT2_X -> "name";
            case EventCodes.PPME_SYSCALL_CHMOD_X, EventCodes.PPME_SYSCALL_FCHMODAT_X -> "filename";
            case EventCodes.PPME_SYSCALL_FCHOWNAT_X -> "pathname";
            case EventCodes.PPME_SYSCALL_QUOTACTL_X -> "special";
            case EventCodes.PPME_SYSCALL_FCHMOD_X, EventCodes.PPME_SYSCALL_FCHOWN_X -> FD;
            default -> null;
        };
    }

    private static String source(int code) {
        return switch (code) {
            case EventCodes.PPME_SYSCALL_RENAME_X, EventCodes.PPME_SYSCALL_RENAMEAT_X, EventCodes.PPME_SYSCALL_RENAMEAT2_X ->
                "oldpath";
            case EventCodes.PPME_SYSCALL_LINK_2_X, EventCodes.PPME_SYSCALL_LINKAT_2_X -> "newpath";
            case EventCodes.PPME_SYSCALL_SYMLINK_X, EventCodes.PPME_SYSCALL_SYMLINKAT_X -> "linkpath";
            case EventCodes.PPME_SYSCALL_MOUNT_X -> "dev";
            default -> null;
        };
    }

    private static String target(int code) {
        return switch (code) {
            case EventCodes.PPME_SYSCALL_RENAME_X, EventCodes.PPME_SYSCALL_RENAMEAT_X, EventCodes.PPME_SYSCALL_RENAMEAT2_X ->
                "newpath";
            case EventCodes.PPME_SYSCALL_LINK_2_X, EventCodes.PPME_SYSCALL_LINKAT_2_X -> "oldpath";
            case EventCodes.PPME_SYSCALL_SYMLINK_X, EventCodes.PPME_SYSCALL_SYMLINKAT_X -> "target";
            case EventCodes.PPME_SYSCALL_MOUNT_X -> "dir";
            default -> null;
        };
    }
}
