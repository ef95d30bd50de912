using Bunit;
using MesoClinic.Application.Rules;
using MesoClinic.Data.Accounts;
using MesoClinic.Testing;
using MesoClinic.Web.Components.RulePages;
using MesoClinic.Web.Tests.Patients;

namespace MesoClinic.Web.Tests.RulePages;

public sealed class RuleClausesTests : BunitContext
{
    [Fact]
    public async Task Every_clause_after_the_first_says_that_it_must_hold_as_well()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        this.UseClinic(clinic, await clinic.AddManagerAsync(), ClinicRoles.Manager);
        List<RuleClause> clauses =
        [
            new(RuleClauseKind.Any, ["Takes warfarin.", "Takes heparin."]),
            new(RuleClauseKind.All, ["Planned in the face."]),
            new(RuleClauseKind.None, ["A physician has agreed."]),
        ];

        var shown = Render<RuleClauses>(parameters => parameters.Add(part => part.Clauses, clauses));

        Assert.Equal(
            ["At least one of these holds:", "And: Planned in the face.", "And none of these holds:"],
            shown.FindAll("p").Select(line => line.TextContent.Trim()));
        Assert.Equal(["Takes warfarin.", "Takes heparin.", "A physician has agreed."], shown.FindAll("li").Select(line => line.TextContent));
    }
}
