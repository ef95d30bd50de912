using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class PrepareCardTests : BunitContext
{
    private static readonly ListLots.LotRow Lot = new(Guid.NewGuid(), Guid.NewGuid(), "Biotin 5", "Test laboratories", "BI-1", new(2027, 1, 1), new(2026, 1, 1), 20, 20, null, ListLots.LotState.Usable, Guid.NewGuid());

    [Theory]
    [InlineData(true, null, "No allergy test read: Biotin 5")]
    [InlineData(false, null, "No allergy test is missing")]
    [InlineData(true, "The wrong pack was scanned.", "No allergy test is missing")]
    public void What_was_not_tested_is_named_before_the_needle(bool isMissing, string? mistake, string words)
    {
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Lot.Id, VolumeMl = 0.3m, Mistake = mistake }] };
        var patient = Guid.NewGuid();

        var card = Render<PrepareCard>(p => p.Add(c => c.Draft, draft).Add(c => c.Lots, [Lot]).Add(c => c.PatientId, patient)
            .Add(c => c.Tests, [new PreviewSession.LineTest(Lot.Id, isMissing ? null : new DateOnly(2026, 6, 9), isMissing)]).AddCascadingValue(new SessionKnowledge(TestClinic.Book.Value)));

        Assert.Contains(words, card.Markup, StringComparison.Ordinal);
        Assert.Equal(words.Contains("Biotin", StringComparison.Ordinal) ? 1 : 0, card.FindAll($"a[href='patients/{patient}']").Count);
    }

    [Fact]
    public void What_was_read_of_one_lot_says_nothing_of_the_lot_that_takes_its_place()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Guid.NewGuid(), VolumeMl = 0.3m }] };

        var card = Render<PrepareCard>(p => p.Add(c => c.Draft, draft).Add(c => c.Lots, [Lot]).Add(c => c.Tests, [new PreviewSession.LineTest(Lot.Id, new DateOnly(2026, 6, 9), false)])
            .AddCascadingValue(new SessionKnowledge(TestClinic.Book.Value)));

        Assert.DoesNotContain("llergy test", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_used_a_cream_is_asked_for_its_tube_and_what_expires_first_stands_on_top()
    {
        var later = Lot with { Id = Guid.NewGuid(), IsCream = true, Product = "Numbing cream", ExpiresOn = new(2027, 7, 1) };
        var soon = later with { Id = Guid.NewGuid(), ExpiresOn = new(2026, 7, 1) };
        var draft = new SaveSessionDraft.Command();
        var card = Render<PrepareCard>(p => p.Add(c => c.Draft, draft).Add(c => c.Lots, [Lot, later, soon, soon with { Id = Guid.NewGuid(), State = ListLots.LotState.Recalled }]).AddCascadingValue(new SessionKnowledge(TestClinic.Book.Value)));
        Assert.Empty(card.FindAll("#cream-lot"));

        await card.FindAll("input[name=cream]")[1].ChangeAsync(true);
        Assert.Equal(["", soon.Id.ToString(), later.Id.ToString()], card.FindAll("#cream-lot option").Select(option => option.GetAttribute("value")!));
        await card.OnAsync("#cream-lot", field => field.ChangeAsync(soon.Id.ToString()));
        Assert.Equal(soon.Id, draft.CreamLotId);
        card.Render(p => p.Add(c => c.Problems, new Dictionary<string, string[]>(StringComparer.Ordinal) { ["CreamLotId"] = ["Lot HA-2 is recalled."] }));
        Assert.Equal("true", card.Find("#cream-lot").GetAttribute("aria-invalid"));

        await card.FindAll("input[name=cream]")[0].ChangeAsync(true);
        Assert.Null(draft.CreamLotId);
    }
}
