package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.TextList;

/**
 * Finds what should not be passed on in command lines, by patterns: values of names such as password, token, secret or API
 * key, behind {@code =} or {@code :} or as the next word; Authorization headers and cookies; user and password in URLs;
 * keys that are known by their form (AWS, GitHub, GitLab, Slack, JSON web tokens, private keys). Each becomes
 * {@code ***}. What has another form is not found.
 */
final class Secrets {

    private static final String MASK = "***";
    private static final String NAME =
            "(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|(?:api|access|private|auth|secret|encryption|signing)"
                    + "[-_.]?key(?:[-_.]?id)?|auth)";
    /** A name that ends in one of those words: db_password, AWS_SECRET_ACCESS_KEY, X-Auth-Token. */
    private static final String LONG_WORD = "[A-Za-z0-9_.-]{0,64}?" + NAME;

    private static final Pattern OPTION = Pattern.compile("--?" + LONG_WORD, Pattern.CASE_INSENSITIVE);
    private static final List<Pattern> VALUES = List.of(
            Pattern.compile("((?<![A-Za-z0-9_.-])" + LONG_WORD + "[\"']?\\s{0,4}[=:]\\s{0,4}[\"']?)(?!\\*\\*\\*)([^\\s&;,'\"]+)",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("((?<![A-Za-z0-9_.-])--?" + LONG_WORD + "\\s{1,4}[\"']?)(?!-)(?!\\*\\*\\*)([^\\s;'\"]+)",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("((?:proxy-)?authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:[A-Za-z]{3,12}\\s{1,4})?)(?!\\*\\*\\*)"
                    + "([^'\"\\r\\n]+)", Pattern.CASE_INSENSITIVE),
            Pattern.compile("((?<![A-Za-z0-9])(?:set-)?cookie\\s{0,4}:\\s{0,4})(?!\\*\\*\\*)([^'\"\\r\\n]+)",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("((?<![A-Za-z0-9])bearer\\s{1,4})(?!\\*\\*\\*)([A-Za-z0-9._~+/=-]{6,})", Pattern.CASE_INSENSITIVE),
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,31}://[^\\s/:@?#'\"]*:)(?!\\*\\*\\*@)([^\\s/@'\"]+)(?=@)"),
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,31}://)(?!\\*\\*\\*@)([A-Za-z0-9_-]{20,})(?=@)"),
            Pattern.compile("()(?<![A-Za-z0-9])((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})(?![A-Za-z0-9])"),
            Pattern.compile("()(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}"
                    + "|xox[abeoprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,})"),
            Pattern.compile("()(eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*)"),
            Pattern.compile("(-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----)([^-]+)"));

    /** Programs whose {@code -p} glued to a value is a password. */
    private static final Set<String> GLUED = Set.of("mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlcheck", "mariadb",
            "mariadb-dump", "mariadb-admin", "sshpass");
    /** Programs whose {@code -u} or {@code -U} is followed by user and password. */
    private static final Set<String> USERS = Set.of("curl", "wget", "http", "https", "smbclient");

    private long found;

    /** How many secrets were found so far. */
    long found() {
        return found;
    }

    /**
     * Arguments without secrets; the same object if there are none.
     *
     * @param program first word of the command line or path of the program
     * @param list the words behind it
     */
    TextList clean(Text program, TextList list) {
        if (list.isEmpty()) {
            return list;
        }
        String path = program.toString();
        String name = path.substring(path.lastIndexOf('/') + 1);
        long before = found;
        List<String> result = new ArrayList<>();
        boolean valueNext = false;
        boolean userNext = false;
        for (Text part : list.parts()) {
            String word = new String(part.array(), StandardCharsets.ISO_8859_1);
            if (valueNext && !word.startsWith("--") && !word.isEmpty()) {
                result.add(mask());
                valueNext = false;
                continue;
            }
            if (userNext && word.indexOf(':') > 0) {
                found++;
                word = word.substring(0, word.indexOf(':') + 1) + MASK;
            }
            userNext = USERS.contains(name) && (word.equals("-u") || word.equals("-U") || word.equals("--user")
                    || word.equals("--proxy-user"));
            valueNext = OPTION.matcher(word).matches() || name.equals("sshpass") && word.equals("-p");
            if (GLUED.contains(name) && word.startsWith("-p") && word.length() > 2) {
                found++;
                word = "-p" + MASK;
            }
            result.add(cleanWord(word));
        }
        return found == before ? list : TextList.of(joined(result));
    }

    private String mask() {
        found++;
        return MASK;
    }

    private static Text joined(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : words) {
            bytes.writeBytes(word.getBytes(StandardCharsets.ISO_8859_1));
            bytes.write(0);
        }
        return Text.copyOf(bytes.toByteArray(), 0, bytes.size());
    }

    /** A text without secrets; each character is a byte. */
    String cleanWord(String word) {
        String text = word;
        for (Pattern pattern : VALUES) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                StringBuilder clean = new StringBuilder();
                do {
                    found++;
                    matcher.appendReplacement(clean, Matcher.quoteReplacement(matcher.group(1) + MASK));
                } while (matcher.find());
                text = matcher.appendTail(clean).toString();
            }
        }
        return text;
    }
}
