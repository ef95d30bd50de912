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

    private IRenderedComponent<ReactionsCard> Open()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(new FakeClock(TestClinic.Start));
        return Render<ReactionsCard>(p => p.Add(c => c.Draft, draft).Add(c => c.ToWall, utc => utc).Add(c => c.Open, true).Add(c => c.OnChanged, () => changes++).AddCascadingValue(new SessionKnowledge(TestClinic.Book.Value)));
    }
}
