using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Referrals.Engine.Tests.Layout;

/// <summary>
/// Which types a type uses, read from the compiled code: bases, members, generic arguments and constraints, attributes with their
/// arguments, and everything that method bodies touch, those of lambdas and state machines included. Constants leave no trace.
/// </summary>
internal static class TypeUses
{
    /// <summary>Every type that <paramref name="type"/> and the types nested in it use.</summary>
    public static IReadOnlySet<TypeReference> Of(TypeDefinition type)
    {
        var found = new HashSet<TypeReference>();
        AddType(type, found);
        return found;
    }

    /// <summary>The namespace that a type was declared in; a nested type has none of its own.</summary>
    public static string NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static void AddType(TypeDefinition type, HashSet<TypeReference> found)
    {
        Add(type.BaseType, found);
        AddAttributes(type, found);
        AddGenerics(type, found);
        foreach (var implemented in type.Interfaces)
        {
            Add(implemented.InterfaceType, found);
        }

        foreach (var field in type.Fields)
        {
            Add(field.FieldType, found);
            AddAttributes(field, found);
        }

        foreach (var member in type.Properties.Cast<ICustomAttributeProvider>().Concat(type.Events))
        {
            AddAttributes(member, found);
        }

        foreach (var method in type.Methods)
        {
            AddMethod(method, found);
        }

        foreach (var nested in type.NestedTypes)
        {
            AddType(nested, found);
        }
    }

    private static void AddMethod(MethodDefinition method, HashSet<TypeReference> found)
    {
        Add(method.ReturnType, found);
        AddAttributes(method, found);
        AddAttributes(method.MethodReturnType, found);
        AddGenerics(method, found);
        foreach (var parameter in method.Parameters)
        {
            Add(parameter.ParameterType, found);
            AddAttributes(parameter, found);
        }

        if (method.HasBody)
        {
            AddBody(method.Body, found);
        }
    }

    private static void AddBody(MethodBody body, HashSet<TypeReference> found)
    {
        foreach (var variable in body.Variables)
        {
            Add(variable.VariableType, found);
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            Add(handler.CatchType, found);
        }

        foreach (var instruction in body.Instructions)
        {
            AddOperand(instruction, found);
        }
    }

    private static void AddOperand(Instruction instruction, HashSet<TypeReference> found)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(type, found);
                break;
            case FieldReference field:
                Add(field.DeclaringType, found);
                Add(field.FieldType, found);
                break;
            case MethodReference method:
                Add(method.DeclaringType, found);
                Add(method.ReturnType, found);
                AddAll(method.Parameters.Select(p => p.ParameterType), found);
                AddAll((method as GenericInstanceMethod)?.GenericArguments ?? [], found);
                break;
        }
    }

    private static void AddGenerics(IGenericParameterProvider owner, HashSet<TypeReference> found)
    {
        foreach (var parameter in owner.GenericParameters)
        {
            AddAll(parameter.Constraints.Select(c => c.ConstraintType), found);
            AddAttributes(parameter, found);
        }
    }

    private static void AddAttributes(ICustomAttributeProvider owner, HashSet<TypeReference> found)
    {
        foreach (var attribute in owner.CustomAttributes)
        {
            Add(attribute.AttributeType, found);
            foreach (var argument in attribute.ConstructorArguments.Concat(attribute.Properties.Concat(attribute.Fields).Select(n => n.Argument)))
            {
                AddArgument(argument, found);
            }
        }
    }

    private static void AddArgument(CustomAttributeArgument argument, HashSet<TypeReference> found)
    {
        Add(argument.Type, found);
        switch (argument.Value)
        {
            case TypeReference type:
                Add(type, found);
                break;
            case CustomAttributeArgument boxed:
                AddArgument(boxed, found);
                break;
            case CustomAttributeArgument[] many:
                Array.ForEach(many, each => AddArgument(each, found));
                break;
        }
    }

    private static void AddAll(IEnumerable<TypeReference> types, HashSet<TypeReference> found)
    {
        foreach (var type in types)
        {
            Add(type, found);
        }
    }

    // Takes arrays, generic instances and the like apart.
    private static void Add(TypeReference? type, HashSet<TypeReference> found)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case GenericInstanceType generic:
                Add(generic.ElementType, found);
                AddAll(generic.GenericArguments, found);
                break;
            case FunctionPointerType function:
                Add(function.ReturnType, found);
                AddAll(function.Parameters.Select(p => p.ParameterType), found);
                break;
            case IModifierType modified:
                Add(modified.ModifierType, found);
                Add(modified.ElementType, found);
                break;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType, found);
                break;
            default:
                found.Add(type);
                break;
        }
    }
}
