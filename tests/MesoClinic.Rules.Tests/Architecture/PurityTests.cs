using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace MesoClinic.Rules.Tests.Architecture;

/// <summary>The rules decide from facts and a rule book alone: no files, network, clock, chance, packages or other projects.</summary>
public sealed class PurityTests
{
    private static readonly string[] ImpureNamespaces = ["System.IO", "System.Net", "System.Data", "System.Threading", "Microsoft"];

    private static readonly string[] ImpureTypes = ["System.Console", "System.Environment", "System.Random", "System.TimeProvider", "System.TimeZoneInfo", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch"];

    /// <summary>An instant may be handed in (aftercare counts hours from one); reading the clock or the machine's zone may not.</summary>
    private static readonly string[] ImpureMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTime.ToLocalTime", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.DateTimeOffset.ToLocalTime", "System.DateTimeOffset.get_LocalDateTime", "System.Guid.NewGuid",
    ];

    [Fact]
    public void The_rules_touch_nothing_outside_themselves()
    {
        using var stream = File.OpenRead(typeof(RuleBook).Assembly.Location);
        using var pe = new PEReader(stream);
        var metadata = pe.GetMetadataReader();

        Assert.DoesNotContain(Types(metadata), IsImpure);
        Assert.Empty(Members(metadata).Intersect(ImpureMembers, StringComparer.Ordinal));
    }

    [Fact]
    public void The_rules_use_no_packages_and_no_other_project()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", "MesoClinic.Rules", "MesoClinic.Rules.csproj"));

        Assert.DoesNotContain(project.Descendants(), e => e.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference");
        Assert.All(typeof(RuleBook).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_rules_show_cannot_be_changed()
    {
        var settable = typeof(RuleBook).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties())
            .Where(p => p.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}")
            // A last dose is a small value: changing a copy changes nobody else's.
            .Where(name => !name.StartsWith("LastDose.", StringComparison.Ordinal));

        Assert.Empty(settable);
    }

    private static bool IsImpure(string type) =>
        ImpureTypes.Contains(type, StringComparer.Ordinal)
        // Compiler-made types live in CompilerServices and hold no I/O.
        || ImpureNamespaces.Any(ns => type.StartsWith(ns + ".", StringComparison.Ordinal) && !type.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal));

    private static IEnumerable<string> Types(MetadataReader metadata) =>
        metadata.TypeReferences.Select(metadata.GetTypeReference).Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}");

    private static IEnumerable<string> Members(MetadataReader metadata) =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
        select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";
}
