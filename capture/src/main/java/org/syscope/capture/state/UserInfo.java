package org.syscope.capture.state;

import org.syscope.capture.event.Text;

/**
 * A user.
 *
 * @param uid the user id
 * @param gid the primary group, 2^32-1 if not known
 * @param name login name
 * @param home home directory
 * @param shell login shell
 */
public record UserInfo(int uid, int gid, Text name, Text home, Text shell) {
}
