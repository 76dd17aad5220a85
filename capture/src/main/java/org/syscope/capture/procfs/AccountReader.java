package org.syscope.capture.procfs;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.GroupInfo;
import org.syscope.capture.state.UserInfo;
import org.syscope.capture.state.UserTable;

/** Reads the users and groups of a file system from its {@code /etc/passwd} and {@code /etc/group}. */
final class AccountReader {

    private AccountReader() {
    }

    static void read(ProcFiles files, String root, UserTable users, Text container) {
        int length = files.read(ProcFiles.AT_FDCWD, root + "/etc/passwd");
        for (String line : lines(files, length)) {
            String[] cells = line.split(":", -1);
            Integer uid = cells.length < 7 ? null : id(cells[2]);
            Integer gid = cells.length < 7 ? null : id(cells[3]);
            if (uid != null && gid != null && users.user(container, uid) == null) {
                users.addUser(container, new UserInfo(uid, gid, Text.of(cells[0]), Text.of(cells[5]), Text.of(cells[6])));
            }
        }
        length = files.read(ProcFiles.AT_FDCWD, root + "/etc/group");
        for (String line : lines(files, length)) {
            String[] cells = line.split(":", -1);
            Integer gid = cells.length < 3 ? null : id(cells[2]);
            if (gid != null && users.group(container, gid) == null) {
                users.addGroup(container, new GroupInfo(gid, Text.of(cells[0])));
            }
        }
    }

    private static String[] lines(ProcFiles files, int length) {
        return length <= 0 ? new String[0] : Text.copyOf(files.bytes(), 0, length).toString().split("\n");
    }

    private static Integer id(String cell) {
        try {
            return Integer.parseUnsignedInt(cell);
        } catch (NumberFormatException notAnId) {
            return null;
        }
    }
}
