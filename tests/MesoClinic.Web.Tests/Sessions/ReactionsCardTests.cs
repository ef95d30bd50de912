using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class ReactionsCardTests : BunitContext
{
    private readonly SaveSessionDraft.Command draft = new() { Reactions = [new() { AtUtc = TestClinic.Start.UtcDateTime.AddMinutes(-5), Text = "Pale" }] };
    private int changes;

    [Fact]
    public async Task What_is_being_written_stands_in_the_draft_from_its_first_word_on()
    {
        var card = Open();

        await card.Find("#react-do").ChangeAsync("Adrenaline 0.5 mg");
        var reaction = draft.Reactions[1];
        Assert.Equal(("", "Adrenaline 0.5 mg", TestClinic.Start.UtcDateTime, 1), (reaction.Text, reaction.Action, reaction.AtUtc, changes));
        Assert.Single(card.FindAll("article"));

        await card.Button("Note the reaction").ClickAsync();
        Assert.Equal("Choose what happened, or write it.", card.Find("#react-e").TextContent);
        await card.Find("#react-text").ChangeAsync("Fainted");
        await card.Button("Note the reaction").ClickAsync();
        card.Render(p => p.Add(c => c.Open, false));
        Assert.Equal(2, card.FindAll("article").Count);

        card.Render(p => p.Add(c => c.Open, true));
        Assert.Equal("", card.Find("#react-text").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task What_is_left_or_wiped_out_stands_in_the_draft_no_more()
    {
        var card = Open();
        await card.Find("#react-text").ChangeAsync("Itch");
        await card.Find("#react-text").ChangeAsync(" ");
        Assert.Equal("Pale", Assert.Single(draft.Reactions).Text);

        await card.Find("#react-text").ChangeAsync("Itch");
        await card.Button("Leave it").ClickAsync();

        Assert.Equal(("Pale", 4), (Assert.Single(draft.Reactions).Text, changes));
    }

    [Fact]
    public async Task Another_version_shown_in_its_place_is_written_on()
    {
        var card = Open();
        await card.Find("#react-text").ChangeAsync("Itch");

        draft.Take(draft.Copy());
        card.Render(p => p.Add(c => c.Open, true));
        await card.Find("#react-text").ChangeAsync("Itch and hives");

        Assert.Equal(["Pale", "Itch and hives"], draft.Reactions.Select(reaction => reaction.Text));
    }

    [Fact]
    public async Task What_is_noted_is_opened_again_changed_in_its_place_or_left_as_it_was()
    {
        var card = Open();
        await card.Find("#react-text").ChangeAsync("Itch");
        await card.Button("Note the reaction").ClickAsync();

        await card.Find("[aria-label='Change Pale']").ClickAsync();
        Assert.Equal("Pale", card.Find("#react-text").GetAttribute("value"));
        await card.Find("#react-text").ChangeAsync("Pale, sweating");
        Assert.Equal(["Pale, sweating", "Itch"], draft.Reactions.Select(reaction => reaction.Text));
        await card.Button("Leave it as it was").ClickAsync();
        Assert.Equal(["Pale", "Itch"], draft.Reactions.Select(reaction => reaction.Text));

        await card.Find("[aria-label='Change Pale']").ClickAsync();
        await card.Find("#react-do").ChangeAsync("Lay down");
        await card.Button("Note the reaction").ClickAsync();
        Assert.Equal([("Pale", "Lay down"), ("Itch", "")], draft.Reactions.Select(reaction => (reaction.Text, reaction.Action)));
    }

    [Fact]
    public async Task What_is_dangerous_at_once_stands_first_and_an_emergency_brings_its_card()
    {
        Services.AddSingleton(TestClinic.Book.Value);
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        var card = Open();
        var groups = card.FindAll("#react-kind optgroup");

        Assert.Equal(["cx-anaphylaxis", "cx-vascular-occlusion", "cx-visual-loss", "cx-anaesthetic-toxicity", "cx-vasovagal"], groups[0].QuerySelectorAll("option").Take(5).Select(option => option.GetAttribute("value")!));
        Assert.Contains("cx-infection-ntm", groups[1].QuerySelectorAll("option").Select(option => option.GetAttribute("value")!));
        Assert.Equal(TestClinic.Book.Value.Knowledge.Complications.Count + 1, card.FindAll("#react-kind option").Count);

        await card.Find("#react-kind").ChangeAsync("cx-bruise");
        Assert.Empty(card.FindAll("details.em"));
        await card.Find("#react-kind").ChangeAsync("cx-anaphylaxis");
        Assert.Contains("Adrenaline", card.Find("details.em").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<ReactionsCard> Open()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(new FakeClock(TestClinic.Start));
        return Render<ReactionsCard>(p => p.Add(c => c.Draft, draft).Add(c => c.ToWall, utc => utc).Add(c => c.Open, true).Add(c => c.OnChanged, () => changes++).AddCascadingValue(new SessionKnowledge(TestClinic.Book.Value)));
    }
}
