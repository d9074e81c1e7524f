package dev.lockstep.plan;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a record's class file says of its code (C17): whether its canonical constructor is one
 * assignment a component, and each accessor a return.
 *
 * <p>The instructions are those that a compiler writes for a record without code of its own; any
 * other counts as code. So does a class file that can't be read.
 */
final class RecordClassFile extends ClassVisitor {
  private static final int API = Opcodes.ASM9;

  private final String constructor;
  private final List<String> names;
  private final Map<String, List<String>> instructions = new TreeMap<>();

  private RecordClassFile(RecordComponent[] components) {
    super(API);
    this.names = Arrays.stream(components).map(RecordComponent::getName).toList();
    this.constructor =
        Arrays.stream(components)
            .map(c -> Type.getDescriptor(c.getType()))
            .collect(Collectors.joining("", "<init>(", ")V"));
  }

  /** What code of its own a record type has, in words; empty for none. */
  static Optional<String> ownCode(Class<?> recordType) {
    RecordComponent[] components = recordType.getRecordComponents();
    RecordClassFile file = new RecordClassFile(components);
    String name = recordType.getName();
    String resource = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream bytes = recordType.getResourceAsStream(resource)) {
      if (bytes == null) {
        return Optional.of("its class file isn't there to be looked at");
      }
      new ClassReader(bytes).accept(file, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (IOException | RuntimeException e) { // ASM refuses later versions by the latter
      return Optional.of("its class file can't be read: " + e.getMessage());
    }
    return file.ownCode(components);
  }

  private Optional<String> ownCode(RecordComponent[] components) {
    if (!isPlainConstructor(components)) {
      return Optional.of("its constructor does more than take the components");
    }
    for (RecordComponent c : components) {
      List<String> accessor = instructions.get(c.getName() + "()" + descriptor(c));
      if (!List.of("load 0", "getfield " + c.getName(), "return").equals(accessor)) {
        return Optional.of("its accessor " + c.getName() + "() does more than return it");
      }
    }
    return Optional.empty();
  }

  private boolean isPlainConstructor(RecordComponent[] components) {
    List<String> code = instructions.getOrDefault(constructor, List.of());
    int length = components.length;
    if (code.size() != 3 + 3 * length
        || !code.subList(0, 2).equals(List.of("load 0", "super"))
        || !code.get(code.size() - 1).equals("return")) {
      return false;
    }
    Set<List<String>> assignments = new HashSet<>();
    for (int i = 0; i < length; i++) {
      assignments.add(code.subList(2 + 3 * i, 5 + 3 * i));
    }
    int slot = 1;
    for (RecordComponent c : components) {
      if (!assignments.contains(List.of("load 0", "load " + slot, "putfield " + c.getName()))) {
        return false;
      }
      slot += Type.getType(c.getType()).getSize();
    }
    return true;
  }

  private static String descriptor(RecordComponent c) {
    return Type.getDescriptor(c.getType());
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    String method = name + descriptor;
    boolean looked =
        method.equals(constructor) || (names.contains(name) && descriptor.startsWith("()"));
    if (!looked) {
      return null;
    }
    List<String> into = new ArrayList<>();
    instructions.put(method, into);
    return new Instructions(into);
  }

  /** Writes down instructions; those that plain records don't have as their number alone. */
  private static final class Instructions extends MethodVisitor {
    private final List<String> into;

    Instructions(List<String> into) {
      super(API);
      this.into = into;
    }

    @Override
    public void visitInsn(int opcode) {
      boolean isReturn = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
      into.add(isReturn ? "return" : "code " + opcode);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      boolean isLoad = opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD;
      into.add((isLoad ? "load " : "store ") + variable);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      into.add(
          switch (opcode) {
            case Opcodes.GETFIELD -> "getfield " + name;
            case Opcodes.PUTFIELD -> "putfield " + name;
            default -> "code " + opcode;
          });
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean isSuper = owner.equals("java/lang/Record") && name.equals("<init>");
      into.add(isSuper ? "super" : "call " + name);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      into.add("code " + opcode);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      into.add("code " + opcode);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      into.add("call " + name);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      into.add("code " + opcode);
    }

    @Override
    public void visitLdcInsn(Object value) {
      into.add("constant");
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      into.add("increment");
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      into.add("switch");
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      into.add("switch");
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      into.add("array");
    }
  }
}
