using MesoClinic.Application.Booking;
using MesoClinic.Application.Rules;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MesoClinic.Application.Tests.Rules;

public sealed class SignRulesTests
{
    private const string Name = "Dr Paul Adler";
    private static readonly RuleBook Book = TestClinic.Book.Value;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_is_left_to_read_comes_first_and_a_signature_moves_it_on(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var physician = await PhysicianAsync(clinic);
        var first = (await clinic.SendAsync(physician, new ListRules.Query())).Must();
        Assert.Equal((Book.RuleHashes.Count, true, Name), (first.Unread, first.MaySign, first.SignsAs));
        Assert.True(first.Rows[0].RestsOnGeneralKnowledge);
        Assert.Equal(first.NextUnread, first.Rows[0].Id);

        var signed = await SignAsync(clinic, physician, first.Rows.Take(2));

        Assert.Equal(2, signed.Must());
        var next = (await clinic.SendAsync(physician, new ListRules.Query())).Must();
        Assert.Equal((first.Unread - 2, first.Rows[2].Id), (next.Unread, next.NextUnread));
        var rule = (await clinic.SendAsync(physician, new GetRule.Query(first.Rows[0].Id))).Must();
        Assert.Equal(new GetRule.SignOff(Name, new DateTime(2026, 6, 1, 9, 0, 0)), rule.Signature);
        var listed = (await clinic.SendAsync(physician, new ListRules.Query { IsSigned = true })).Must().Rows;
        Assert.Equal(first.Rows.Take(2).Select(row => row.Id).Order(StringComparer.Ordinal), listed.Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await SignAsync(clinic, physician, first.Rows.Take(2))).Must());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Only_a_physician_signs_with_their_own_name_what_they_have_read(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var physician = await PhysicianAsync(clinic);
        var irina = await clinic.AddCosmetologistAsync();
        var manager = await clinic.AddManagerAsync();
        var row = (await clinic.SendAsync(physician, new ListRules.Query())).Must().Rows[0];

        Assert.IsType<Failure.Forbidden>((await SignAsync(clinic, irina, [row], "Irina Volkova")).Failure);
        Assert.IsType<Failure.Forbidden>((await SignAsync(clinic, manager, [row], "Sofia Brandt")).Failure);
        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await SignAsync(clinic, physician, [row], "Somebody Else")).Failure).Errors.Keys);
        Assert.Contains("Rules", Assert.IsType<Failure.Invalid>((await SignAsync(clinic, physician, [])).Failure).Errors.Keys);
        Assert.Contains("Rules", Assert.IsType<Failure.Invalid>((await SignAsync(clinic, physician, [row with { Id = "ci-not-there" }])).Failure).Errors.Keys);
        Assert.Contains(row.Id, Assert.IsType<Failure.Conflict>((await SignAsync(clinic, physician, [row with { Hash = "sha256:earlier" }])).Failure).Message, StringComparison.Ordinal);
        Assert.Empty(await clinic.InDatabaseAsync(db => db.RuleSignOffs.ToListAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_book_is_signed_off_when_every_rule_is_signed_as_it_stands(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var physician = await PhysicianAsync(clinic);
        var all = Book.RuleHashes.Select(rule => SignRules.Tick(rule.Key, rule.Value)).ToList();
        (await clinic.SendAsync(physician, new SignRules.Command { Rules = all[1..], SignedName = Name })).Must();
        Assert.False((await clinic.SendAsync(physician, new TodayBoard.Query())).Must().SignedOff);

        // The last one was signed as it read before.
        var last = all[0].Split('|')[0];
        await clinic.InDatabaseAsync(async db =>
        {
            db.RuleSignOffs.Add(new RuleSignOff { Rule = last, RuleHash = "sha256:earlier", RuleBook = "sha256:earlier", SignedById = physician, SignedName = Name, SignedUtc = clinic.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        });
        Assert.False((await clinic.SendAsync(physician, new TodayBoard.Query())).Must().SignedOff);
        Assert.True((await clinic.SendAsync(physician, new GetRule.Query(last))).Must().WasSigned);

        (await clinic.SendAsync(physician, new SignRules.Command { Rules = [all[0]], SignedName = "paul adler dr" })).Must();

        Assert.True((await clinic.SendAsync(physician, new TodayBoard.Query())).Must().SignedOff);
        Assert.Equal(0, (await clinic.SendAsync(physician, new ListRules.Query())).Must().Unread);
    }

    [Fact]
    public async Task Every_disagreement_names_its_sources_and_what_it_concerns_in_words()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var rows = (await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new ListDisagreements.Query())).Must();

        Assert.Equal(Book.Knowledge.Conflicts.Select(row => row.Id), rows.Select(row => row.Id));
        Assert.All(rows, row =>
        {
            Assert.NotEmpty(row.Opinions);
            Assert.NotEmpty(row.Safer);
            Assert.All(row.Opinions, opinion => Assert.DoesNotContain(opinion.Source, Book.Sources.Keys));
            Assert.All(row.Others, other => Assert.DoesNotMatch("^[a-z]+-[a-z0-9-]+$", other));
        });
        Assert.Contains(rows, row => row.Rules.Count > 0);
    }

    private static Task<Guid> PhysicianAsync(TestClinic clinic) => clinic.AddStaffAsync(Name, Qualification.Physician, takesAppointments: false, ClinicRoles.Cosmetologist);

    private static Task<Outcome<int>> SignAsync(TestClinic clinic, Guid by, IEnumerable<ListRules.Row> rows, string name = Name) =>
        clinic.SendAsync(by, new SignRules.Command { Rules = [.. rows.Select(row => SignRules.Tick(row.Id, row.Hash))], SignedName = name });
}
