package org.syscope.filters.lang;

import java.util.Arrays;
import java.util.List;

/** The operators of a condition. */
public enum Operator {
    /** The field has a value. */
    EXISTS("exists", Operand.NONE),
    /** At most. */
    LE("<=", Operand.NUMBER),
    /** Less. */
    LT("<", Operand.NUMBER),
    /** At least. */
    GE(">=", Operand.NUMBER),
    /** Greater. */
    GT(">", Operand.NUMBER),
    /** Equal; also written {@code ==}. */
    EQ("=", Operand.STRING),
    /** Not equal. */
    NE("!=", Operand.STRING),
    /** Shell pattern over the whole text. */
    GLOB("glob", Operand.STRING),
    /** Shell pattern, upper and lower case alike. */
    IGLOB("iglob", Operand.STRING),
    /** Has the text somewhere. */
    CONTAINS("contains", Operand.STRING),
    /** Has the text somewhere, upper and lower case alike. */
    ICONTAINS("icontains", Operand.STRING),
    /** Has the bytes, given in hexadecimal, somewhere. */
    BCONTAINS("bcontains", Operand.STRING),
    /** Begins with the text. */
    STARTSWITH("startswith", Operand.STRING),
    /** Begins with the bytes, given in hexadecimal. */
    BSTARTSWITH("bstartswith", Operand.STRING),
    /** Ends with the text. */
    ENDSWITH("endswith", Operand.STRING),
    /** Regular expression over the whole text. */
    REGEX("regex", Operand.STRING),
    /** A list has an element in common with the list. */
    INTERSECTS("intersects", Operand.LIST),
    /** Is one of the list. */
    IN("in", Operand.LIST),
    /** Is, or lies under, one of the paths of the list. */
    PMATCH("pmatch", Operand.LIST);

    /** What stands to the right of an operator. */
    public enum Operand {
        /** Nothing. */
        NONE,
        /** A number, or a field behind {@code val()} or a transformer. */
        NUMBER,
        /** A string, a modified list, or a field behind {@code val()} or a transformer. */
        STRING,
        /** A list, or a field behind {@code val()} or a transformer. */
        LIST
    }

    private final String text;
    private final Operand operand;

    Operator(String text, Operand operand) {
        this.text = text;
        this.operand = operand;
    }

    /** The operator as written. */
    public String text() {
        return text;
    }

    /** What stands to its right. */
    public Operand operand() {
        return operand;
    }

    /** Whether it is written with letters. */
    public boolean isWord() {
        return Character.isLetter(text.charAt(0));
    }

    /** All operators as written, in the order of the declaration. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Operator::text).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
