using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>
/// The wordings that come with the portal, until a clinic publishes its own. A line that begins with "# " is a heading, one with "- " an item. Whoever changes a text gives it a new number;
/// signed texts stay as they were.
/// </summary>
internal static class BuiltInConsentTexts
{
    public static (string Version, string Text) Of(ConsentKind kind) => kind switch
    {
        ConsentKind.Treatment => ("treatment-2", Treatment),
        ConsentKind.Anaesthetic => ("anaesthetic-1", Anaesthetic),
        ConsentKind.Photos => ("photos-1", Photos),
        ConsentKind.Guardian => ("guardian-1", Guardian),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private const string Treatment = """
        # What is planned
        Areas: {areas}.
        Technique: {technique}.
        Ingredients: {ingredients}.
        A small test dose may be given first. The treatment consists of many small injections into the skin. It is elective: not having it does no harm to health.

        # What can happen
        {risks}
        No particular result can be promised.

        # What I confirm
        I was told what is done, why, what it can and cannot achieve, which other ways there are, and what I must and must not do before and afterwards.
        I could ask everything I wanted to ask, and I had time to think.
        I answered the questions about my health truthfully: illnesses, medicines, allergies, pregnancy and earlier treatments. I will say so before the next treatment if anything changes.
        I agree to the areas, the technique and the ingredients named above, and to nothing beyond them. Anything added needs a new consent.
        This consent holds until {until}. I can withdraw it at any time, before or during a treatment, without giving a reason and without disadvantage.
        """;

    private const string Anaesthetic = """
        # What is planned
        To make the treatment less painful, the skin is numbed with: {anaesthetics}. Numbing is a choice: the treatment can also be done without it.

        # What can happen
        {risks}

        # What I confirm
        I said whether I ever reacted badly to an anaesthetic, at the dentist's for example, and whether I have a heart, liver or blood disease, am pregnant or breast-feeding.
        I know that the skin stays numb for a while, that I must not heat, cool or scratch it meanwhile, and that I say so at once if I feel dizzy, hear ringing or taste metal.
        I could ask everything I wanted to ask.
        I agree to the anaesthetics named above and to no others. This consent holds until {until}. I can withdraw it at any time, without giving a reason and without disadvantage.
        """;

    private const string Photos = """
        # What is planned
        {clinic} takes photographs of the treated areas before and after treatments, to compare them and to follow healing.

        # Who sees them
        The photographs belong to my record. They are stored encrypted, and only those who treat me, and I myself, can see them. They are not published, and not used for teaching or advertising: that would need another consent of its own.

        # What I confirm
        Photographs are my choice: without them I am treated just the same.
        I can withdraw this consent at any time, without giving a reason and without disadvantage. From then on no photographs are taken, and those that exist are no longer shown; those that belong to a signed record stay locked away with it for as long as the law asks.
        """;

    private const string Guardian = """
        # What the guardian confirms
        I have the right to decide for this child in matters of health; nobody else who shares this right objects.
        I explained the treatment to the child in words that fit its age. The child agrees. If the child says no, nothing is done.
        I sign in the child's name. From the eighteenth birthday on this consent counts no more, and the patient decides alone.
        """;
}
