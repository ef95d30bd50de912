using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MesoClinic.Web.Tests.Architecture;

/// <summary>The walls of the house: one line of projects, and components that reach the clinic through the sender only.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Repository(), "src");

    /// <summary>Who may lean on whom. The arrows point one way; what is not listed is forbidden.</summary>
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "MesoClinic.Rules", [] },
        { "MesoClinic.Domain", ["MesoClinic.Rules"] },
        { "MesoClinic.Data", ["MesoClinic.Domain"] },
        { "MesoClinic.Data.Sqlite", ["MesoClinic.Data"] },
        { "MesoClinic.Data.SqlServer", ["MesoClinic.Data", "Microsoft.SqlServer.Server"] },
        { "MesoClinic.Application", ["MesoClinic.Data"] },
        { "MesoClinic.Web", ["MesoClinic.Application", "MesoClinic.Data.SqlServer", "MesoClinic.Data.Sqlite"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_leans_only_on_its_neighbour(string project, string[] neighbours) =>
        Assert.Equal(neighbours, References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_no_projects_but_those_of_the_line() =>
        Assert.Equal(
            [.. Arrows.Select(row => (string)row[0]).Order(StringComparer.Ordinal)],
            Directory.GetFiles(Source, "MesoClinic.*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("MesoClinic.Rules")]
    [InlineData("MesoClinic.Domain")]
    public void The_rules_and_the_domain_need_no_package(string project)
    {
        Assert.Empty(References(project, "PackageReference"));
        Assert.Empty(References(project, "FrameworkReference"));
    }

    [Fact]
    public void No_component_outside_the_account_pages_injects_data_identity_or_the_mediator()
    {
        var found = typeof(App).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IComponent)) && type.Namespace != "MesoClinic.Web.Components.Account")
            .SelectMany(type => Injected(type).Where(IsForbidden).Select(injected => $"{type.Name} injects {injected.Name}"));
        Assert.Empty(found);
    }

    [Fact]
    public void No_component_asks_for_the_http_context_accessor()
    {
        var found = typeof(App).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IComponent)))
            .Where(type => Injected(type).Contains(typeof(IHttpContextAccessor))).Select(type => type.Name);
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("MarkupString", "writes text as HTML")]
    [InlineData("AddMarkupContent", "writes text as HTML")]
    [InlineData("FromSqlRaw", "builds SQL from text")]
    [InlineData("ExecuteSqlRaw", "builds SQL from text")]
    [InlineData("SqlQueryRaw", "builds SQL from text")]
    [InlineData("DateTime.Now", "is the server's clock and zone, not the clinic's")]
    [InlineData("DateTime.UtcNow", "cannot be moved by a test: use TimeProvider")]
    public void The_source_never_uses(string word, string because)
    {
        var found = Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "Migrations"))
            .Where(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Source, file)).ToList();
        Assert.True(found.Count == 0, $"{word} {because}: {string.Join(", ", found)}");
    }

    private static IEnumerable<Type> Injected(Type component)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = component; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var property in type.GetProperties(Own).Where(property => property.GetCustomAttribute<InjectAttribute>() is not null))
            {
                yield return property.PropertyType;
            }
        }

        foreach (var parameter in component.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            yield return parameter.ParameterType;
        }
    }

    private static bool IsForbidden(Type type) =>
        type.Assembly == typeof(ClinicDbContext).Assembly || type.Assembly == typeof(DbContext).Assembly || type.Assembly == typeof(IMediator).Assembly
        || type.Assembly == typeof(UserManager<>).Assembly || type.Assembly == typeof(SignInManager<>).Assembly || type.GetGenericArguments().Any(IsForbidden);

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Source, project, project + ".csproj")).Descendants(kind).Select(element => (string?)element.Attribute("Include")).OfType<string>();

    private static string Repository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
