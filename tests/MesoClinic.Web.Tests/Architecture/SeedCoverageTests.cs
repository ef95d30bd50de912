using System.Reflection;
using MediatR;
using MesoClinic.Application;
using MesoClinic.Data.Seeding;
using MesoClinic.Rules.Knowledge;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace MesoClinic.Web.Tests.Architecture;

/// <summary>Each statement of the documents is used where it says so: by slices and pages that exist.</summary>
public sealed class SeedCoverageTests
{
    private static readonly KnowledgeBase Knowledge = SeedLoader.Load(Path.Combine(Repository.Root, "seeds"));

    /// <summary>Which rows a page shows; the journeys look at one of each.</summary>
    private static readonly Dictionary<string, string[]> ShownOn = new(StringComparer.Ordinal)
    {
        ["/rules/{Id}"] = ["ci-", "tr-", "conf-"],
        ["/booking/new"] = ["ind-", "ing-", "tech-", "alt-"],
        ["/sessions/{Id:guid}"] = ["asepsis-"],
        ["/complications/{Id:guid}"] = ["cx-", "expected-course", "operator-technique", "patient-noncompliance", "unrelated-cosmetics", "wrong-indication"],
        ["/me/report/{Id:guid}"] = ["tg-"],
        ["/me/aftercare"] = ["ac-", "cx-"],
        ["/me/appointments"] = ["pre-"],
        ["/patients/{Id:guid}/profile"] = ["alg-"],
    };

    public static TheoryData<string> Slices => Uses("slice:");

    public static TheoryData<string> Pages => Uses("page:");

    [Theory]
    [MemberData(nameof(Slices))]
    public void A_slice_that_is_named_exists(string slice)
    {
        var type = typeof(IClinicRequest).Assembly.GetType($"MesoClinic.Application.{slice.Replace('/', '.')}");

        Assert.NotNull(type);
        Assert.Contains(type.GetNestedTypes(), nested => typeof(IBaseRequest).IsAssignableFrom(nested));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_that_is_named_exists(string page)
    {
        Assert.Contains(page, typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template));
        Assert.Contains(page, ShownOn.Keys);
    }

    [Fact]
    public void Each_of_the_102_statements_names_a_slice_and_a_page_that_shows_one_of_its_rows()
    {
        Assert.Equal(102, Knowledge.SeedCoverage.Count);
        Assert.All(Knowledge.SeedCoverage, statement =>
        {
            Assert.Contains(statement.UsedBy, use => use.StartsWith("slice:", StringComparison.Ordinal));
            var pages = statement.UsedBy.Where(use => use.StartsWith("page:", StringComparison.Ordinal)).Select(use => use["page:".Length..]).ToList();
            Assert.NotEmpty(pages);
            Assert.All(pages, page => Assert.Contains(statement.CoveredBy, row => ShownOn[page].Any(prefix => row.StartsWith(prefix, StringComparison.Ordinal))));
        });
    }

    private static TheoryData<string> Uses(string kind) =>
        [.. Knowledge.SeedCoverage.SelectMany(statement => statement.UsedBy).Where(use => use.StartsWith(kind, StringComparison.Ordinal)).Select(use => use[kind.Length..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
